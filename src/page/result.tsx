import type { ComponentChildren } from 'preact';
import { formatClock, formatDuration } from './format.ts';

export interface ResultProps {
  readonly tone?: 'good' | 'attention' | undefined;
  /** Of which button, where there are several. */
  readonly of?: string | undefined;
  /** When it came about, by the clock of the browser: it stays, while all around it changes. */
  readonly atMs?: number | undefined;
  readonly tookMs?: number | undefined;
  readonly children?: ComponentChildren;
}

/** Where it is told what came of a button. It is always there, so that it is read out when something appears in it. */
export function Result({ tone, of, atMs, tookMs, children }: ResultProps) {
  return (
    <div class="result" role="status">
      {tone !== undefined && (
        <div class={`note ${tone}`}>
          {children}
          {atMs !== undefined && (
            <p class="quiet">
              {of === undefined ? 'At' : `${of}, at`} {formatClock(atMs, Date.now())}.
              {tookMs !== undefined && ` It took ${formatDuration(tookMs)}.`}
            </p>
          )}
        </div>
      )}
    </div>
  );
}
