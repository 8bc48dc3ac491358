import type { SourceStatus, Status } from '../server/api.ts';
import { ActionButton } from './action-button.tsx';
import type { Answer } from './answer.ts';
import type { Api } from './api-client.ts';
import { ComponentState } from './component-state.tsx';
import { Fact, Facts } from './facts.tsx';
import { formatDay, formatDaysUntil, formatNumber, formatSpan } from './format.ts';
import { Moment } from './moment.tsx';
import { useNow } from './now.ts';
import { ProblemText } from './problem-text.tsx';
import { CheckResult, useCheck } from './use-check.tsx';
import { FetchResult, useFetchNow } from './use-fetch-now.tsx';

export interface SourceCardProps {
  readonly source: SourceStatus;
  readonly api: Api;
  readonly refresh: () => Promise<Answer<Status>>;
}

export function SourceCard({ source, api, refresh }: SourceCardProps) {
  const { name } = source;
  const [check, runCheck] = useCheck(api, name);
  const [fetch, runFetch] = useFetchNow(api, refresh, name);
  return (
    <article class="card">
      <h3>{name}</h3>
      <ComponentState state={source.state} />
      {source.notices.map((notice) => (
        <div key={notice.code} class="note attention">
          <ProblemText {...notice} />
        </div>
      ))}
      <SourceFacts source={source} />
      <div class="actions">
        <ActionButton about={`of ${name}`} busy={check.kind === 'running' ? 'Testing…' : undefined} onClick={runCheck}>
          Test connection
        </ActionButton>
        <ActionButton
          about={`from ${name}`}
          busy={fetch.kind === 'running' ? 'Fetching…' : undefined}
          onClick={runFetch}
        >
          Fetch now
        </ActionButton>
      </div>
      <CheckResult state={check} />
      <FetchResult state={fetch} />
    </article>
  );
}

function SourceFacts({ source }: { readonly source: SourceStatus }) {
  const { lastEventMs, lastAnswerMs, lastStoredMs, pollIntervalMs, rateBudget, keyExpiresOn } = source;
  const nowMs = useNow();
  return (
    <Facts>
      <Fact name="Last event">
        <Moment at={lastEventMs} as="clock" unknown="none yet" />
      </Fact>
      <Fact name="Lag">
        {lastEventMs === null ? <span class="quiet">not known yet</span> : formatSpan(nowMs - lastEventMs)}
      </Fact>
      <Fact name="Last answer">
        <Moment at={lastAnswerMs} as="ago" unknown="none yet" />
        <span class="quiet block">asks every {formatSpan(pollIntervalMs)}</span>
      </Fact>
      <Fact name="Position stored">
        <Moment at={lastStoredMs} as="ago" unknown="not yet" />
      </Fact>
      <Fact name="Events read">{formatNumber(source.eventsRead)}</Fact>
      <Fact name="Requests left">
        {rateBudget.remaining !== null && `${formatNumber(rateBudget.remaining)} of `}
        {formatNumber(rateBudget.perMinute)} a minute
      </Fact>
      <Fact name="API key ends">
        {keyExpiresOn === null ? (
          <span class="quiet">day not known</span>
        ) : (
          <>
            {formatDay(keyExpiresOn)} <span class="quiet block">{formatDaysUntil(keyExpiresOn, nowMs)}</span>
          </>
        )}
      </Fact>
    </Facts>
  );
}
