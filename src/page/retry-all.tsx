import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { formatNumber } from './format.ts';

export interface RetryAllProps {
  readonly total: number;
  readonly onRetry: () => void;
}

/** Asks once more before it does it; Escape or Cancel takes it back. The focus goes along. */
export function RetryAll({ total, onRetry }: RetryAllProps) {
  const [asking, setAsking] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const wasAsking = useRef(false);

  useLayoutEffect(() => {
    if (asking || wasAsking.current) button.current?.focus();
    wasAsking.current = asking;
  }, [asking]);

  if (!asking)
    return (
      <div class="actions">
        <button key="ask" ref={button} type="button" onClick={() => setAsking(true)}>
          Retry all
        </button>
      </div>
    );
  return (
    <fieldset
      class="card confirm"
      onKeyDown={({ key }) => {
        if (key === 'Escape') setAsking(false);
      }}
    >
      <legend>
        {total === 1 ? 'Try the one entry again?' : `Try all ${formatNumber(total)} entries again?`} Those that are
        refused again stay here.
      </legend>
      <div class="actions">
        <button
          key="confirm"
          ref={button}
          type="button"
          onClick={() => {
            setAsking(false);
            onRetry();
          }}
        >
          Yes, retry all
        </button>
        <button type="button" onClick={() => setAsking(false)}>
          Cancel
        </button>
      </div>
    </fieldset>
  );
}
