/**
 * Something that went wrong and is expected to: a value, never thrown.
 * It is written for the person who has to act on it.
 */
export interface Problem {
  /** Stable and greppable, in kebab case, such as `unauthorized` or `disk-full`. */
  readonly code: string;
  /** What happened, in one sentence. Never holds a secret: whoever makes a problem scrubs foreign text. */
  readonly message: string;
  /** What to do about it, in one or two sentences. */
  readonly remedy: string;
}

export function describeProblem(problem: Problem): string {
  return `${problem.message} ${problem.remedy}`.trimEnd();
}
