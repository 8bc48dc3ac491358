import type { ExporterStatus } from '../server/api.ts';
import { ActionButton } from './action-button.tsx';
import type { Api } from './api-client.ts';
import { ComponentState } from './component-state.tsx';
import { Fact, Facts } from './facts.tsx';
import { formatNumber } from './format.ts';
import { CheckResult, useCheck } from './use-check.tsx';

export interface ExporterCardProps {
  readonly exporter: ExporterStatus;
  readonly api: Api;
}

export function ExporterCard({ exporter, api }: ExporterCardProps) {
  const { name, state, delivered, alreadyPresent, refused, retries } = exporter;
  const [check, runCheck] = useCheck(api, name);
  return (
    <article class="card">
      <h3>{name}</h3>
      <ComponentState state={state} />
      <Facts>
        <Fact name="Delivered">{formatNumber(delivered)}</Fact>
        <Fact name="Already present">{formatNumber(alreadyPresent)}</Fact>
        <Fact name="Refused">{formatNumber(refused)}</Fact>
        <Fact name="Retries">{formatNumber(retries)}</Fact>
      </Facts>
      <div class="actions">
        <ActionButton about={`of ${name}`} busy={check.kind === 'running' ? 'Testing…' : undefined} onClick={runCheck}>
          Test connection
        </ActionButton>
      </div>
      <CheckResult state={check} />
    </article>
  );
}
