import { useCallback, useEffect, useState } from 'preact/hooks';
import type { RetryRequest } from '../server/api.ts';
import type { Api } from './api-client.ts';
import { DeadLetterEntry } from './dead-letter-entry.tsx';
import { counted, formatNumber } from './format.ts';
import { PageButtons } from './page-buttons.tsx';
import { Result, type ResultProps } from './result.tsx';
import { RetryAll } from './retry-all.tsx';
import { Section } from './section.tsx';
import { usePolled } from './use-polled.ts';

export interface DeadLettersProps {
  readonly api: Api;
  readonly active: boolean;
  /** By the status; the list may be a little older. */
  readonly total: number;
}

export function DeadLettersSection({ api, active, total }: DeadLettersProps) {
  // The numbers after which the pages up to this one begin: numbers stay, also while entries leave.
  const [path, setPath] = useState<readonly number[]>([]);
  const [result, setResult] = useState<ResultProps>({});
  const after = path.at(-1) ?? 0;
  const load = useCallback(() => api.deadLetters(after), [api, after]);
  const { value, trouble, refresh } = usePolled(load, active && total > 0);
  const entries = total === 0 ? [] : (value?.entries ?? []);

  const isBeyond = path.length > 0 && value?.entries.length === 0;
  useEffect(() => {
    if (isBeyond) setPath([]);
  }, [isBeyond]);

  async function retry(request: RetryRequest): Promise<void> {
    setResult(await retried(api, request));
    await refresh();
  }

  return (
    <Section id="dead-letters" title="Dead letters" count={formatNumber(total)}>
      {total === 0 ? (
        <p class="empty">None: every event could be delivered.</p>
      ) : (
        <>
          <p class="quiet">Events that could not be delivered. They are kept until a retry succeeds.</p>
          <RetryAll total={total} onRetry={() => void retry({ all: true })} />
        </>
      )}
      <Result {...result} />
      {total > 0 && trouble !== undefined && <p class="empty">The list is not up to date. {trouble.message}</p>}
      {entries.length > 0 && (
        <ul class="list">
          {entries.map((entry) => (
            <li key={entry.number}>
              <DeadLetterEntry entry={entry} onRetry={() => void retry({ numbers: [entry.number] })} />
            </li>
          ))}
        </ul>
      )}
      {total > 0 && <PageButtons entries={entries} path={path} onPath={setPath} />}
    </Section>
  );
}

async function retried(api: Api, request: RetryRequest): Promise<ResultProps> {
  const answer = await api.retry(request);
  switch (answer.kind) {
    case 'ok':
      return {
        tone: 'good',
        atMs: Date.now(),
        children: `${counted(answer.value.marked, 'entry is', 'entries are')} tried again within seconds. What is refused again stays here, with one attempt more.`,
      };
    case 'failed':
      return { tone: 'attention', atMs: Date.now(), children: `Nothing is tried again. ${answer.message}` };
    case 'unauthorized':
      return {};
  }
}
