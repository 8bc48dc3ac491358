import type { ComponentState } from '../core/status.ts';
import type { Status } from '../server/api.ts';
import { counted } from './format.ts';

/** How a thing stands, for its colour and its sign; the words beside it say the same. */
export type Tone = 'good' | 'attention' | 'waiting';

export interface Overall {
  readonly tone: Tone;
  readonly words: string;
}

export interface Matter {
  readonly words: string;
  /** The part of the page that tells more. */
  readonly section: 'sources' | 'dead-letters';
}

export function toneOf({ kind }: ComponentState): Tone {
  switch (kind) {
    case 'working':
      return 'good';
    case 'starting':
      return 'waiting';
    case 'degraded':
      return 'attention';
  }
}

export function stateInWords({ kind }: ComponentState): string {
  switch (kind) {
    case 'working':
      return 'Works';
    case 'starting':
      return 'Starting';
    case 'degraded':
      return 'Trying again';
  }
}

/** The whole shipper in one line. What is starting has not shown yet that it works. */
export function overallState({
  sources,
  exporters,
  others,
}: Pick<Status, 'sources' | 'exporters' | 'others'>): Overall {
  const states = [...sources, ...exporters, ...others].map(({ state }) => state.kind);
  const degraded = states.filter((kind) => kind === 'degraded').length;
  if (degraded > 0)
    return {
      tone: 'attention',
      words: `${degraded} of ${states.length} ${degraded === 1 ? 'needs' : 'need'} attention`,
    };
  if (states.includes('starting')) return { tone: 'waiting', words: 'Starting' };
  return { tone: 'good', words: 'Everything works' };
}

/** What does not stop the shipper and yet wants a person: `2 notices`, `1 dead letter`. */
export function openMatters({ sources, deadLetters }: Pick<Status, 'sources' | 'deadLetters'>): readonly Matter[] {
  const notices = sources.reduce((total, source) => total + source.notices.length, 0);
  return [
    ...(notices > 0 ? [{ words: counted(notices, 'notice'), section: 'sources' } as const] : []),
    ...(deadLetters > 0 ? [{ words: counted(deadLetters, 'dead letter'), section: 'dead-letters' } as const] : []),
  ];
}
