import { useState } from 'preact/hooks';
import type { Problem } from '../core/problem.ts';
import type { Status } from '../server/api.ts';
import type { Answer } from './answer.ts';
import type { Api } from './api-client.ts';
import { fetchProgress } from './fetch-progress.ts';
import { counted } from './format.ts';
import { ProblemText } from './problem-text.tsx';
import { Result } from './result.tsx';
import { wait } from './wait.ts';

export type FetchState =
  | { readonly kind: 'none' }
  | { readonly kind: 'running' }
  | { readonly kind: 'fetched'; readonly events: number }
  | { readonly kind: 'problem'; readonly problem: Problem }
  | { readonly kind: 'failed'; readonly message: string };

const LOOK_EVERY_MS = 1_000;
const GIVE_UP_MS = 60_000;

/** The request to fetch now: its state and what begins it. */
export function useFetchNow(
  api: Api,
  refresh: () => Promise<Answer<Status>>,
  source: string,
): [FetchState, () => void] {
  const [state, setState] = useState<FetchState>({ kind: 'none' });
  const run = async () => {
    setState({ kind: 'running' });
    setState(await fetchNow(api, refresh, source));
  };
  return [state, () => void run()];
}

/** Asks for it, then watches the status until it shows what came of it. */
async function fetchNow(api: Api, refresh: () => Promise<Answer<Status>>, source: string): Promise<FetchState> {
  const before = await refresh();
  if (before.kind !== 'ok') return failed(before);
  const asked = await api.fetchNow({ source });
  if (asked.kind !== 'ok') return failed(asked);

  const eventsBefore = before.value.sources.find(({ name }) => name === source)?.eventsRead ?? 0;
  const beganMs = performance.now();
  while (performance.now() - beganMs < GIVE_UP_MS) {
    const status = await refresh();
    if (status.kind === 'ok') {
      const progress = fetchProgress({ source, askedAtMs: asked.value.askedAtMs, eventsBefore }, status.value);
      if (progress.kind !== 'waiting') return progress;
    }
    await wait(LOOK_EVERY_MS);
  }
  return {
    kind: 'failed',
    message: 'No answer came within a minute. The source goes on trying; its state above says what holds it up.',
  };
}

function failed(answer: Exclude<Answer<unknown>, { kind: 'ok' }>): FetchState {
  return answer.kind === 'failed'
    ? { kind: 'failed', message: `Nothing was fetched. ${answer.message}` }
    : { kind: 'none' };
}

export function FetchResult({ state }: { readonly state: FetchState }) {
  switch (state.kind) {
    case 'none':
    case 'running':
      return <Result />;
    case 'fetched':
      return (
        <Result tone="good">
          <p class="message">Fetched: {state.events === 0 ? 'no new events' : counted(state.events, 'new event')}</p>
        </Result>
      );
    case 'problem':
      return (
        <Result tone="attention">
          <ProblemText {...state.problem} />
        </Result>
      );
    case 'failed':
      return (
        <Result tone="attention">
          <p class="message">{state.message}</p>
        </Result>
      );
  }
}
