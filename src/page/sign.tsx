import type { Tone } from './state-words.ts';

/** A shape beside the words, so that a state is seen at a glance and without colours. */
export function Sign({ tone }: { readonly tone: Tone }) {
  return (
    <svg class={`sign ${tone}`} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d={SHAPES[tone]} />
    </svg>
  );
}

const SHAPES: Readonly<Record<Tone, string>> = {
  // A disc with a tick, a triangle with an exclamation mark, a ring.
  good: 'M8 0a8 8 0 1 1 0 16A8 8 0 0 1 8 0Zm3.2 4.9L6.9 9.3 4.8 7.2 3.5 8.5l3.4 3.4 5.6-5.7Z',
  attention: 'M8 .8 16 15H0Zm-.9 5v5h1.8v-5Zm0 6.2v1.8h1.8V12Z',
  waiting: 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1Zm0 2a5 5 0 1 0 0 10A5 5 0 0 0 8 3Z',
};
