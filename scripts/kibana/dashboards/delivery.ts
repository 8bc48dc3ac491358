import { dashboard, row } from '../dashboard.ts';
import { UNCATEGORIZED, WITHOUT_ADDRESS, WITHOUT_COUNTRY } from '../kql.ts';
import { metric, series, table } from '../lens/chart.ts';
import { count, distinct, kinds, latest, overTime, top } from '../lens/column.ts';
import { lag, share } from '../lens/formula.ts';
import { textPanel } from '../panel.ts';
import { BLUE, EVENTS, panel, RED } from './common.ts';

const LAST_HAPPENED = latest('@timestamp', 'Last happened', 'latest-happened');
const LAST_ARRIVED = latest('event.ingested', 'Last arrived', 'latest-arrived');

export const DELIVERY = dashboard({
  slug: 'delivery',
  title: 'Delivery',
  description: 'Whether events arrive, how late, and how much of them is understood',
  since: 'now-24h',
  rows: [
    row(6, [
      textPanel(`### What to look at
- **Last event by organization, the most silent first**: no event for hours is a key that expired or a shipper that stands still.
- **Delay until arrival**: seconds are usual; Atlassian itself may take minutes. *First* and *last* are of the events that Atlassian had processed in one interval; both high means that nothing was delivered meanwhile.
- **Uncategorized actions**: ids that this version doesn't know. Please report them. **Without location**: no address in the event, or none that GeoIP knows.

Throttling, dead letters and the key's expiry are metrics of the shipper, not documents.`),
    ]),
    row(5, [
      panel('Last event arrived', metric(LAST_ARRIVED, { color: BLUE })),
      panel('Last event happened', metric(LAST_HAPPENED, { color: BLUE })),
      panel('Organizations', metric(distinct('organization.id', 'Organizations'), { color: BLUE })),
      panel('Uncategorized events', metric(count('Events'), { query: UNCATEGORIZED, color: RED })),
      panel('Share without location', metric(share('Share', 'not source.geo.country_iso_code: *'), { color: RED })),
    ]),
    row(12, [
      panel(
        'Delay until arrival, in seconds',
        series({
          x: overTime('Processed by Atlassian', 'event.created'),
          y: [lag('First of the interval', 'first'), lag('Last of the interval', 'last')],
          as: 'line',
        }),
        'Seconds from event.created to event.ingested',
      ),
      panel(
        'Events per minute',
        series({
          x: overTime('Arrived', 'event.ingested'),
          y: [count('Events per minute', { perMinute: true })],
          split: top('organization.id', 'Organization'),
          as: 'line',
        }),
      ),
    ]),
    row(12, [
      panel(
        'Last event by organization',
        table({
          rows: [top('organization.id', 'Organization', { size: 100, by: LAST_HAPPENED.id, direction: 'asc' })],
          values: [LAST_HAPPENED, LAST_ARRIVED, EVENTS],
          sortBy: LAST_HAPPENED.id,
          direction: 'asc',
        }),
      ),
      panel(
        'Uncategorized actions',
        table({
          rows: [top('event.action', 'Action', { size: 50 })],
          values: [EVENTS, LAST_HAPPENED],
          query: UNCATEGORIZED,
        }),
      ),
      panel(
        'Events without location, by action',
        table({
          rows: [
            kinds('What is missing', {
              'No address in the event': WITHOUT_ADDRESS,
              'Address without a country': WITHOUT_COUNTRY,
            }),
            top('event.action', 'Action', { size: 10 }),
          ],
          values: [EVENTS],
        }),
      ),
    ]),
  ],
});
