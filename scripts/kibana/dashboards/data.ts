import { dashboard, row } from '../dashboard.ts';
import { CLASSIFICATION, EDITS, EXPORTS, PUBLIC_LINKS, RESIDENCY, VIEWS } from '../kql.ts';
import { metric, series, table } from '../lens/chart.ts';
import { count, distinct, kinds, overTime, top } from '../lens/column.ts';
import { againstFourWeeks } from '../lens/formula.ts';
import { textPanel } from '../panel.ts';
import { BLUE, EVENTS, LAST_SEEN, panel, personPanel, RED } from './common.ts';

/** Many, so that those who were quiet before are among them. */
const PEOPLE = top('user.name', 'Person', { size: 200 });
const AGAINST = againstFourWeeks('Against usual week');
const WEEK = count('Last 7 days', { id: 'last-week', within: '7d' });
const BY = top('user.name', 'Person', { size: 5 });
const ACTION = top('event.action', 'Action', { size: 10 });

const againstOwnWeeks = (query: string, sortBy: string) =>
  table({
    rows: [PEOPLE],
    values: [WEEK, count('Whole time'), AGAINST],
    query,
    sortBy,
  });

const EXPLAINED = 'The last 7 days, as a multiple of an average week of the time shown. Leave the time at 28 days.';

export const DATA = dashboard({
  slug: 'data',
  title: 'Data',
  description: 'Who reads, changes and takes away content, and who opens it to others',
  since: 'now-28d',
  rows: [
    row(6, [
      textPanel(`### What to look at
- **Readers and exporters against their own weeks**: 1× is a week as usual, 4× is somebody who did all of it in the last seven days.
- **Exports**: a whole space or site leaves in one event. **Public links**: anyone on the internet who has the link can read.
- **Classification and residency**: what was moved down or elsewhere?

Keep the time at 28 days for the comparison with the usual week.`),
    ]),
    row(5, [
      panel('Views', metric(count('Views'), { query: VIEWS, color: BLUE })),
      panel('Edits', metric(count('Edits'), { query: EDITS, color: BLUE })),
      panel('Exports', metric(count('Exports'), { query: EXPORTS, color: RED })),
      panel('Changes to public links', metric(count('Changes'), { query: PUBLIC_LINKS, color: RED })),
      panel('People who exported', metric(distinct('user.id', 'People'), { query: EXPORTS, color: RED })),
    ]),
    row(11, [
      panel(
        'Views, edits and exports over time',
        series({
          x: overTime('Time'),
          y: [EVENTS],
          split: kinds('Kind', { Views: VIEWS, Edits: EDITS, Exports: EXPORTS }),
          as: 'line',
        }),
      ),
    ]),
    row(14, [
      personPanel('Readers against their usual week', againstOwnWeeks(VIEWS, AGAINST.id), EXPLAINED),
      personPanel(
        'Exporters against their usual week',
        againstOwnWeeks(EXPORTS, WEEK.id),
        `${EXPLAINED} Sorted by the number: of one or two exports the multiple says little.`,
      ),
    ]),
    row(13, [
      panel(
        'Exports by action and space',
        table({
          rows: [ACTION, top('atlassian_cloud.audit.space.name', 'Space', { size: 5 })],
          values: [EVENTS, distinct('user.id', 'People'), LAST_SEEN],
          query: EXPORTS,
        }),
        'Exports that name a space; all exports are under Exports by action',
      ),
      personPanel('Exports by action', table({ rows: [ACTION, BY], values: [EVENTS, LAST_SEEN], query: EXPORTS })),
    ]),
    row(13, [
      panel(
        'Most read spaces',
        table({
          rows: [top('atlassian_cloud.audit.space.name', 'Space', { size: 20 })],
          values: [EVENTS, distinct('user.id', 'People'), LAST_SEEN],
          query: VIEWS,
        }),
      ),
      personPanel(
        'Public links',
        table({ rows: [ACTION, BY], values: [EVENTS, distinct('url.full', 'Pages'), LAST_SEEN], query: PUBLIC_LINKS }),
      ),
    ]),
    row(11, [
      personPanel('Classification', table({ rows: [ACTION, BY], values: [EVENTS, LAST_SEEN], query: CLASSIFICATION })),
      personPanel('Residency', table({ rows: [ACTION, BY], values: [EVENTS, LAST_SEEN], query: RESIDENCY })),
    ]),
  ],
});
