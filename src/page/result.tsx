import type { ComponentChildren } from 'preact';

export interface ResultProps {
  readonly tone?: 'good' | 'attention' | undefined;
  readonly children?: ComponentChildren;
}

/** Where it is told what came of a button. It is always there, so that it is read out when something appears in it. */
export function Result({ tone, children }: ResultProps) {
  return (
    <div class="result" role="status">
      {tone !== undefined && <div class={`note ${tone}`}>{children}</div>}
    </div>
  );
}
