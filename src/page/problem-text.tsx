import type { Problem } from '../core/problem.ts';

/** What happened and what to do about it. */
export function ProblemText({ message, remedy }: Problem) {
  return (
    <>
      <p class="message">{message}</p>
      {remedy !== '' && <p class="remedy">{remedy}</p>}
    </>
  );
}
