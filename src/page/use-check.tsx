import { useState } from 'preact/hooks';
import type { CheckAnswer } from '../server/api.ts';
import type { Answer } from './answer.ts';
import type { Api } from './api-client.ts';
import { ProblemText } from './problem-text.tsx';
import { Result } from './result.tsx';

export type CheckState =
  | { readonly kind: 'none' }
  | { readonly kind: 'running' }
  | { readonly kind: 'over'; readonly answer: Answer<CheckAnswer>; readonly atMs: number };

/** The test of a connection: its state and what begins it. */
export function useCheck(api: Api, component: string): [CheckState, () => void] {
  const [state, setState] = useState<CheckState>({ kind: 'none' });
  const run = async () => {
    setState({ kind: 'running' });
    const answer = await api.check({ component });
    setState({ kind: 'over', answer, atMs: Date.now() });
  };
  return [state, () => void run()];
}

export function CheckResult({ state }: { readonly state: CheckState }) {
  if (state.kind !== 'over' || state.answer.kind === 'unauthorized') return <Result />;
  const { answer, atMs } = state;
  if (answer.kind === 'failed')
    return (
      <Result tone="attention" of="Test connection" atMs={atMs}>
        <p class="message">The connection was not tested. {answer.message}</p>
      </Result>
    );
  const { value } = answer;
  if (value.kind === 'failed')
    return (
      <Result tone="attention" of="Test connection" atMs={atMs} tookMs={value.durationMs}>
        <ProblemText {...value.problem} />
      </Result>
    );
  return (
    <Result tone="good" of="Test connection" atMs={atMs} tookMs={value.durationMs}>
      <p class="message">Connection successful</p>
      <p>{value.detail}</p>
    </Result>
  );
}
