import type { DeadLetterEntry as Entry } from '../server/api.ts';
import { ActionButton } from './action-button.tsx';
import { Fact, Facts } from './facts.tsx';
import { formatNumber } from './format.ts';
import { Moment } from './moment.tsx';

export interface DeadLetterEntryProps {
  readonly entry: Entry;
  readonly onRetry: () => void;
}

export function DeadLetterEntry({ entry, onRetry }: DeadLetterEntryProps) {
  const { number, source, stage, exporter, reason, firstAtMs, lastAtMs, attempts, retryRequested, raw } = entry;
  return (
    <article class="card">
      <div class="entry">
        <h3>Entry {formatNumber(number)}</h3>
        <ActionButton
          about={`entry ${number}`}
          busy={retryRequested ? 'Is tried again within seconds' : undefined}
          onClick={onRetry}
        >
          Retry
        </ActionButton>
      </div>
      <p>{reason}</p>
      <Facts flowing>
        <Fact name="Source">{source}</Fact>
        <Fact name="Stage">{stage}</Fact>
        {exporter !== null && <Fact name="Refused by">{exporter}</Fact>}
        <Fact name="First">
          <Moment at={firstAtMs} as="clock" />
        </Fact>
        <Fact name="Last">
          <Moment at={lastAtMs} as="ago" />
        </Fact>
        <Fact name="Attempts">{formatNumber(attempts)}</Fact>
      </Facts>
      <details>
        <summary>
          Raw event<span class="unseen"> of entry {number}</span>
        </summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls it with the arrow keys. */}
        <pre tabIndex={0}>{raw}</pre>
      </details>
    </article>
  );
}
