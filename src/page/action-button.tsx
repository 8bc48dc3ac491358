import type { ComponentChildren } from 'preact';

export interface ActionButtonProps {
  /** What it is about, for who hears the button without what is around it. */
  readonly about: string;
  /** What it says while it is at work; it keeps the focus then, and does nothing. */
  readonly busy?: string | undefined;
  readonly onClick: () => void;
  readonly children: ComponentChildren;
}

export function ActionButton({ about, busy, onClick, children }: ActionButtonProps) {
  return (
    <button
      type="button"
      aria-disabled={busy !== undefined}
      onClick={() => {
        if (busy === undefined) onClick();
      }}
    >
      {busy ?? children}
      <span class="unseen"> {about}</span>
    </button>
  );
}
