import { dashboard, row } from '../dashboard.ts';
import { ADMINISTRATION } from '../kql.ts';
import { donut, metric, regionMap, series, table } from '../lens/chart.ts';
import { count, distinct, overTime, rare, top } from '../lens/column.ts';
import { share } from '../lens/formula.ts';
import { textPanel } from '../panel.ts';
import { BLUE, COUNTRY, COUNTRY_CODE, EVENTS, LAST_SEEN, PERSON, panel, personPanel, RED } from './common.ts';

export const OVERVIEW = dashboard({
  slug: 'overview',
  title: 'Overview',
  description: 'What happens in the organizations, who does it, from where, and what is unusual',
  since: 'now-7d',
  rows: [
    row(6, [
      textPanel(`### What to look at
- **Rare actions**: deeds that hardly ever happen are where an intruder or a mistake shows first.
- **Countries**: one where nobody works. **Share of failures**: a jump is somebody trying passwords, or a script that broke.
- **Changes by administrators**: does each have a reason that you know of?

A click on a value leads to the events; on a person, to the investigation of that person.`),
    ]),
    row(5, [
      panel('Events', metric(EVENTS, { color: BLUE })),
      panel('People', metric(distinct('user.id', 'People'), { color: BLUE })),
      panel('Share of failures', metric(share('Share of failures', 'event.outcome: failure'), { color: RED })),
      panel('Changes by administrators', metric(count('Changes'), { query: ADMINISTRATION, color: BLUE })),
      panel('Countries', metric(distinct('source.geo.country_name', 'Countries'), { color: BLUE })),
    ]),
    row(11, [
      panel(
        'Events over time, by category',
        series({ x: overTime('Time'), y: [EVENTS], split: top('event.category', 'Category') }),
      ),
      panel(
        'Events over time, by product',
        series({ x: overTime('Time'), y: [EVENTS], split: top('atlassian_cloud.audit.product.key', 'Product') }),
      ),
    ]),
    row(
      13,
      [
        panel(
          'Top actions',
          table({ rows: [top('event.action', 'Action', { size: 20 })], values: [EVENTS, LAST_SEEN] }),
        ),
        personPanel(
          'Top actors',
          table({
            rows: [top('user.name', 'Person', { size: 20 })],
            values: [EVENTS, distinct('source.geo.country_name', 'Countries'), LAST_SEEN],
          }),
        ),
        panel('Outcome', donut(top('event.outcome', 'Outcome', { size: 3 }), EVENTS)),
      ],
      [17, 19, 12],
    ),
    row(
      13,
      [
        panel(
          'Rare actions',
          table({
            rows: [rare('event.action', 'Action', 5)],
            values: [EVENTS, LAST_SEEN],
            sortBy: 'count',
            direction: 'asc',
          }),
          'Actions that happened five times at most in the time shown',
        ),
        panel('Events by country', regionMap(COUNTRY_CODE, EVENTS)),
        panel(
          'Countries and people',
          table({ rows: [COUNTRY], values: [EVENTS, distinct('user.id', 'People'), LAST_SEEN] }),
        ),
      ],
      [15, 18, 15],
    ),
    row(13, [
      panel(
        'Changes by administrators over time',
        series({ x: overTime('Time'), y: [EVENTS], split: top('event.action', 'Action'), query: ADMINISTRATION }),
      ),
      personPanel(
        'Who changes what',
        table({
          rows: [PERSON, top('event.action', 'Action', { size: 5 })],
          values: [EVENTS, LAST_SEEN],
          query: ADMINISTRATION,
        }),
      ),
    ]),
  ],
});
