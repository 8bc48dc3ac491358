import type { Status } from '../server/api.ts';
import type { Answer } from './answer.ts';
import type { Api } from './api-client.ts';
import { Chart } from './chart.tsx';
import { DeadLettersSection } from './dead-letters.tsx';
import { DocumentsSection } from './documents.tsx';
import { ExporterCard } from './exporter-card.tsx';
import { Others } from './others.tsx';
import { Problems } from './problems.tsx';
import { Section } from './section.tsx';
import { SourceCard } from './source-card.tsx';
import type { Theme } from './use-theme.ts';
import { useVisible } from './use-visible.ts';

export interface SectionsProps {
  readonly api: Api;
  readonly status: Status;
  readonly refresh: () => Promise<Answer<Status>>;
  readonly theme: Theme;
  readonly paused: boolean;
}

export function Sections({ api, status, refresh, theme, paused }: SectionsProps) {
  const active = useVisible() && !paused;
  return (
    <>
      <Section id="sources" title="Sources">
        <ul class="cards">
          {status.sources.map((source) => (
            <li key={source.name}>
              <SourceCard source={source} api={api} refresh={refresh} />
            </li>
          ))}
        </ul>
      </Section>
      <Section id="exporters" title="Exporters">
        <ul class="cards">
          {status.exporters.map((exporter) => (
            <li key={exporter.name}>
              <ExporterCard exporter={exporter} api={api} />
            </li>
          ))}
        </ul>
      </Section>
      <Others others={status.others} />
      <Section id="throughput" title="Throughput">
        <Chart throughput={status.throughput} theme={theme} />
      </Section>
      <Problems problems={status.problems} />
      <DocumentsSection api={api} active={active} />
      <DeadLettersSection api={api} active={active} total={status.deadLetters} />
    </>
  );
}
