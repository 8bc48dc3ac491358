import { PERSON_INVOLVED } from '../controls.ts';
import { dashboard, row } from '../dashboard.ts';
import { ADMINISTRATION, EVERYTHING, FAILED_LOGINS } from '../kql.ts';
import { metric, series, table } from '../lens/chart.ts';
import { count, distinct, earliest, overTime, top } from '../lens/column.ts';
import { eventsPanel, textPanel } from '../panel.ts';
import { ADDRESS, BLUE, COUNTRY, EVENTS, LAST_SEEN, NETWORK, panel, personPanel, RED } from './common.ts';

const FIRST_SEEN = earliest('@timestamp', 'First');
const WHEN = [EVENTS, FIRST_SEEN, LAST_SEEN];

export const INVESTIGATION = dashboard({
  slug: 'investigation',
  title: 'Investigation of one person',
  description: 'Everything that one person did, from where, to what, and who granted what to them',
  since: 'now-28d',
  controls: [PERSON_INVOLVED],
  rows: [
    row(6, [
      textPanel(`### Choose a person first
- **Person involved** (an account id, name or e-mail address): what they did, and what was done to them. **Actor**: only what they did.
- Who comes here by a click on a name sees what that person did. For grants *to* them, choose the name under *Person involved* and remove the filter on \`user.name\`.
- **Addresses, countries, networks**: what is new here, and what happened from there? **Grants**: did somebody else get rights by this account?`),
    ]),
    row(5, [
      panel('Events of this person', metric(EVENTS, { color: BLUE })),
      panel('Failed logins of this person', metric(count('Failures'), { query: FAILED_LOGINS, color: RED })),
      panel('Addresses', metric(distinct('source.ip', 'Addresses'), { color: BLUE })),
      panel('Countries', metric(distinct('source.geo.country_name', 'Countries'), { color: BLUE })),
      panel('Networks', metric(distinct('source.as.organization.name', 'Networks'), { color: BLUE })),
    ]),
    row(11, [
      panel(
        'Timeline by action',
        series({ x: overTime('Time'), y: [EVENTS], split: top('event.action', 'Action', { size: 15 }) }),
      ),
      panel('Timeline by country', series({ x: overTime('Time'), y: [EVENTS], split: COUNTRY })),
    ]),
    row(9, [
      panel('Used addresses', table({ rows: [ADDRESS], values: WHEN })),
      panel('Used countries', table({ rows: [COUNTRY], values: WHEN })),
      panel('Used networks', table({ rows: [NETWORK], values: WHEN })),
    ]),
    row(13, [
      panel(
        'Touched spaces and pages',
        table({
          rows: [
            top('atlassian_cloud.audit.space.name', 'Space'),
            top('atlassian_cloud.audit.page.title', 'Page', { size: 5 }),
          ],
          values: [EVENTS, LAST_SEEN],
        }),
      ),
      panel(
        'Touched work items and links',
        table({ rows: [top('url.full', 'Link', { size: 50 })], values: [EVENTS, LAST_SEEN] }),
        'A link opens what was acted on',
      ),
    ]),
    row(9, [
      panel(
        'Tokens and apps used',
        table({
          rows: [
            top('atlassian_cloud.audit.actor.auth.auth_type', 'Came in by'),
            top('atlassian_cloud.audit.actor.auth.token_label', 'Token'),
          ],
          values: WHEN,
          query: 'atlassian_cloud.audit.actor.auth.token_label: *',
        }),
      ),
    ]),
    row(13, [
      personPanel(
        'Who granted what to whom',
        table({
          rows: [
            top('user.name', 'Person', { size: 20 }),
            top('event.action', 'Action', { size: 10 }),
            top('user.target.name', 'To whom', { size: 10 }),
          ],
          values: [EVENTS, LAST_SEEN],
          query: `${ADMINISTRATION} and user.target.id: *`,
        }),
        'Changes to accounts, by the chosen person or to them',
      ),
      panel(
        'Groups given and taken',
        table({
          rows: [
            top('group.name', 'Group', { size: 20 }),
            top('event.action', 'Action', { size: 5 }),
            top('user.target.name', 'To whom', { size: 20 }),
          ],
          values: [EVENTS, LAST_SEEN],
          query: 'event.category: iam and group.id: *',
        }),
      ),
    ]),
    row(22, [
      eventsPanel({
        title: 'All events, the newest first',
        columns: [
          'event.action',
          'event.outcome',
          'user.name',
          'user.target.name',
          'source.ip',
          'source.geo.country_name',
          'message',
        ],
        query: EVERYTHING,
      }),
    ]),
  ],
});
