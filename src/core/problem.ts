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

const LONGEST_QUOTE_CHARS = 500;

/** What somebody said, to be put behind a statement: `: disk full`, or nothing. Long texts of servers end somewhere. */
export function quoted(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line === '') return '';
  return `: ${line.length > LONGEST_QUOTE_CHARS ? `${line.slice(0, LONGEST_QUOTE_CHARS)}…` : line}`;
}
