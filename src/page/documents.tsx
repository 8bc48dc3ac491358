import { useState } from 'preact/hooks';
import type { DocumentSummary } from '../server/api.ts';
import type { Api } from './api-client.ts';
import { filterDocuments } from './document-filter.ts';
import { formatNumber } from './format.ts';
import { Moment } from './moment.tsx';
import { ScrollRegion } from './scroll-region.tsx';
import { Section } from './section.tsx';
import { usePolled } from './use-polled.ts';

export interface DocumentsProps {
  readonly api: Api;
  readonly active: boolean;
}

export function DocumentsSection({ api, active }: DocumentsProps) {
  const { value, trouble } = usePolled(api.documents, active);
  const [filter, setFilter] = useState('');
  const documents = value?.documents;
  const shown = filterDocuments(documents ?? [], filter);
  return (
    <Section id="documents" title="Last documents">
      <p class="quiet">As they were delivered, the newest first.</p>
      <search class="filter">
        <label for="document-filter">Filter</label>
        <input
          id="document-filter"
          type="search"
          autocomplete="off"
          spellcheck={false}
          value={filter}
          onInput={({ currentTarget }) => setFilter(currentTarget.value)}
        />
        {documents !== undefined && (
          <span role="status">
            {formatNumber(shown.length)} of {formatNumber(documents.length)}
          </span>
        )}
      </search>
      {trouble !== undefined && <p class="empty">The list is not up to date. {trouble.message}</p>}
      {shown.length > 0 && <DocumentTable documents={shown} />}
      {documents !== undefined && shown.length === 0 && (
        <p class="empty">{documents.length === 0 ? 'None since the start.' : 'No document has all these words.'}</p>
      )}
    </Section>
  );
}

function DocumentTable({ documents }: { readonly documents: readonly DocumentSummary[] }) {
  return (
    <ScrollRegion label="Table of the last documents">
      <table class="documents">
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">Category</th>
            <th scope="col">Action</th>
            <th scope="col">Outcome</th>
            <th scope="col">Actor</th>
            <th scope="col">Place</th>
            <th scope="col">Message</th>
          </tr>
        </thead>
        <tbody>
          {documents.map(({ id, atMs, category, action, outcome, actor, place, message }) => (
            <tr key={id}>
              <td class="short">
                <Moment at={atMs} as="clock" unknown="–" />
              </td>
              <td class="word">{category.join(', ')}</td>
              <td class="action">{action}</td>
              <td class={outcome === 'failure' ? 'short failure' : 'short'}>{outcome}</td>
              <td class="name">{actor}</td>
              <td class="word">{place}</td>
              <td class="long">{message}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
