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
  | { readonly kind: 'over'; readonly outcome: Outcome; readonly atMs: number };

type Outcome =
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
    const outcome = await fetchNow(api, refresh, source);
    setState({ kind: 'over', outcome, atMs: Date.now() });
  };
  return [state, () => void run()];
}

/** Asks for it, then watches the status until it shows what came of it. */
async function fetchNow(api: Api, refresh: () => Promise<Answer<Status>>, source: string): Promise<Outcome> {
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

function failed(answer: Exclude<Answer<unknown>, { kind: 'ok' }>): Outcome {
  const why = answer.kind === 'failed' ? answer.message : 'The server asks for a token.';
  return { kind: 'failed', message: `Nothing was fetched. ${why}` };
}

export function FetchResult({ state }: { readonly state: FetchState }) {
  if (state.kind !== 'over') return <Result />;
  const { outcome, atMs } = state;
  switch (outcome.kind) {
    case 'fetched':
      return (
        <Result tone="good" of="Fetch now" atMs={atMs}>
          <p class="message">
            Fetched: {outcome.events === 0 ? 'no new events' : counted(outcome.events, 'new event')}
          </p>
        </Result>
      );
    case 'problem':
      return (
        <Result tone="attention" of="Fetch now" atMs={atMs}>
          <ProblemText {...outcome.problem} />
        </Result>
      );
    case 'failed':
      return (
        <Result tone="attention" of="Fetch now" atMs={atMs}>
          <p class="message">{outcome.message}</p>
        </Result>
      );
  }
}
