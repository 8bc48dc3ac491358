import type { ComponentState as State } from '../core/status.ts';
import { Moment } from './moment.tsx';
import { ProblemText } from './problem-text.tsx';
import { Sign } from './sign.tsx';
import { stateInWords, toneOf } from './state-words.ts';

/** A source's or an exporter's state: in a word, and what to do if it needs somebody. */
export function ComponentState({ state }: { readonly state: State }) {
  const tone = toneOf(state);
  return (
    <>
      <p class={`state ${tone}`}>
        <Sign tone={tone} />
        <span>
          {stateInWords(state)}
          {state.kind === 'degraded' && (
            <>
              {' since '}
              <Moment at={state.sinceMs} as="clock" /> (<Moment at={state.sinceMs} as="ago" />)
            </>
          )}
        </span>
      </p>
      {state.kind === 'degraded' && (
        <div class="note attention">
          <ProblemText {...state.problem} />
        </div>
      )}
    </>
  );
}
