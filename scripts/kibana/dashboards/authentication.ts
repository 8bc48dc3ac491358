import { dashboard, row } from '../dashboard.ts';
import { FAILED_LOGINS, IMPERSONATION, LOGIN_PROTECTION, LOGINS } from '../kql.ts';
import { metric, regionMap, series, table } from '../lens/chart.ts';
import { count, distinct, overTime, top } from '../lens/column.ts';
import { share } from '../lens/formula.ts';
import { textPanel } from '../panel.ts';
import {
  ADDRESS,
  COUNTRY,
  COUNTRY_CODE,
  EVENTS,
  GREEN,
  LAST_SEEN,
  NETWORK,
  PERSON,
  panel,
  personPanel,
  RED,
} from './common.ts';

const FAILURES = count('Failures');
const PEOPLE = distinct('user.id', 'People');

export const AUTHENTICATION = dashboard({
  slug: 'authentication',
  title: 'Authentication',
  description: 'Logins that worked and that failed, impersonation, and changes to how people log in',
  since: 'now-7d',
  rows: [
    row(6, [
      textPanel(`### What to look at
- **Failed logins by address**: many people and one address is password spraying; one person and many failures is guessing.
- **Logins by country**: did a login work from where the failures came from? Click the country, then look at *Logins that worked*.
- **Two-step verification and policies**: who switches protection off, and for whom? **Impersonation**: does the person know?

With single sign-on the identity provider's log has the failures; Atlassian's shows what came through.`),
    ]),
    row(5, [
      panel(
        'Logins that worked',
        metric(count('Logins'), { query: `${LOGINS} and event.outcome: success`, color: GREEN }),
      ),
      panel('Logins that failed', metric(FAILURES, { query: FAILED_LOGINS, color: RED })),
      panel(
        'Share of failed logins',
        metric(share('Share of failures', 'event.outcome: failure'), { query: LOGINS, color: RED }),
      ),
      panel('People with failed logins', metric(PEOPLE, { query: FAILED_LOGINS, color: RED })),
      panel('Countries of logins', metric(distinct('source.geo.country_name', 'Countries'), { query: LOGINS })),
    ]),
    row(11, [
      panel(
        'Logins over time, by outcome',
        series({
          x: overTime('Time'),
          y: [EVENTS],
          split: top('event.outcome', 'Outcome', { size: 3 }),
          query: LOGINS,
        }),
      ),
      panel(
        'Failed logins over time, by address',
        series({ x: overTime('Time'), y: [FAILURES], split: ADDRESS, query: FAILED_LOGINS }),
      ),
    ]),
    row(13, [
      personPanel(
        'Failed logins by person',
        table({
          rows: [PERSON],
          values: [FAILURES, distinct('source.ip', 'Addresses'), LAST_SEEN],
          query: FAILED_LOGINS,
        }),
      ),
      panel(
        'Failed logins by address',
        table({ rows: [ADDRESS], values: [FAILURES, PEOPLE, LAST_SEEN], query: FAILED_LOGINS }),
      ),
    ]),
    row(12, [
      panel(
        'Failed logins by country',
        series({ x: COUNTRY, y: [FAILURES], query: FAILED_LOGINS, as: 'bar_horizontal' }),
      ),
      panel(
        'Failed logins by network',
        series({ x: NETWORK, y: [FAILURES], query: FAILED_LOGINS, as: 'bar_horizontal' }),
      ),
      panel(
        'Logins by country',
        regionMap(COUNTRY_CODE, EVENTS, { query: `${LOGINS} and event.outcome: success` }),
        'Logins that worked',
      ),
    ]),
    row(13, [
      personPanel(
        'Two-step verification and login policies',
        table({
          rows: [top('event.action', 'Action', { size: 20 }), top('user.name', 'Person', { size: 5 })],
          values: [EVENTS, distinct('user.target.id', 'Accounts concerned'), LAST_SEEN],
          query: LOGIN_PROTECTION,
        }),
      ),
      personPanel(
        'Impersonation',
        table({
          rows: [top('user.name', 'Person'), top('user.effective.name', 'Logged in as', { size: 20 })],
          values: [EVENTS, LAST_SEEN],
          query: IMPERSONATION,
        }),
      ),
    ]),
  ],
});
