import { dashboard, row } from '../dashboard.ts';
import {
  ADMIN_GRANTS,
  ADMINISTRATION,
  APPS,
  GROUPS_AND_ROLES,
  POLICIES,
  PRODUCT_ACCESS,
  TOKEN_USE,
  TOKENS,
} from '../kql.ts';
import { metric, series, table } from '../lens/chart.ts';
import { count, distinct, earliest, overTime, top } from '../lens/column.ts';
import { textPanel } from '../panel.ts';
import { BLUE, EVENTS, LAST_SEEN, PERSON, panel, personPanel, RED } from './common.ts';

const ACTION = top('event.action', 'Action', { size: 20 });
const ACTIONS_OF_PERSON = top('event.action', 'Action', { size: 5 });
const BY = top('user.name', 'Person', { size: 5 });

export const ACCESS = dashboard({
  slug: 'access',
  title: 'Access and administration',
  description: 'Who may do what, and who decides on it: groups, roles, administrators, policies, tokens, apps',
  since: 'now-28d',
  rows: [
    row(6, [
      textPanel(`### What to look at
- **Administrators made**: each needs a ticket. An administrator made by somebody who logged in from a new country is an incident.
- **Groups**: access to products mostly comes with a group; a group with administrator's rights gives more than its name says.
- **Tokens in use, the oldest first**: a token outlives a changed password and needs no second factor. Is each still needed?
- **Policies, domains, single sign-on**: a domain that is removed or a policy that is relaxed frees accounts from your rules.`),
    ]),
    row(5, [
      panel('Administrators made', metric(count('Grants'), { query: ADMIN_GRANTS, color: RED })),
      panel('Changes of groups and roles', metric(count('Changes'), { query: GROUPS_AND_ROLES, color: BLUE })),
      panel(
        'Tokens and keys created',
        metric(count('Created'), { query: `(${TOKENS}) and event.type: creation`, color: BLUE }),
      ),
      panel(
        'Tokens and keys revoked',
        metric(count('Revoked'), { query: `(${TOKENS}) and event.type: deletion`, color: BLUE }),
      ),
      panel(
        'Apps installed',
        metric(count('Installed'), { query: `${APPS} and event.type: installation`, color: BLUE }),
      ),
    ]),
    row(11, [
      panel(
        'Changes over time, by action',
        series({ x: overTime('Time'), y: [EVENTS], split: top('event.action', 'Action'), query: ADMINISTRATION }),
      ),
    ]),
    row(13, [
      personPanel(
        'Administrators made, by whom',
        table({
          rows: [ACTION, BY],
          values: [EVENTS, distinct('user.target.id', 'Accounts'), distinct('group.id', 'Groups'), LAST_SEEN],
          query: ADMIN_GRANTS,
        }),
      ),
      personPanel(
        'Who changes groups and roles',
        table({
          rows: [PERSON, ACTIONS_OF_PERSON],
          values: [EVENTS, distinct('user.target.id', 'Accounts'), LAST_SEEN],
          query: GROUPS_AND_ROLES,
        }),
      ),
    ]),
    row(13, [
      panel(
        'Groups that changed',
        table({
          rows: [top('group.name', 'Group', { size: 20 }), ACTIONS_OF_PERSON],
          values: [EVENTS, distinct('user.target.id', 'Accounts'), LAST_SEEN],
          query: GROUPS_AND_ROLES,
        }),
      ),
      panel(
        'Access to products',
        table({
          rows: [top('atlassian_cloud.audit.product.key', 'Product'), ACTIONS_OF_PERSON],
          values: [EVENTS, distinct('user.target.id', 'Accounts'), LAST_SEEN],
          query: PRODUCT_ACCESS,
        }),
      ),
    ]),
    row(13, [
      personPanel(
        'Policies, domains and single sign-on',
        table({ rows: [ACTION, BY], values: [EVENTS, LAST_SEEN], query: POLICIES }),
      ),
      personPanel(
        'Tokens and keys: created, revoked, exported',
        table({ rows: [ACTION, BY], values: [EVENTS, LAST_SEEN], query: TOKENS }),
      ),
    ]),
    row(13, [
      panel(
        'Tokens in use, the oldest first',
        table({
          rows: [
            top('atlassian_cloud.audit.actor.auth.token_label', 'Token', {
              size: 50,
              by: 'earliest-first',
              direction: 'asc',
            }),
          ],
          values: [
            earliest('@timestamp', 'First', 'earliest-first'),
            LAST_SEEN,
            EVENTS,
            distinct('user.id', 'People'),
            distinct('source.ip', 'Addresses'),
          ],
          query: TOKEN_USE,
          sortBy: 'earliest-first',
          direction: 'asc',
        }),
        'By the first use in the time shown; an event names its token by the label that the owner gave it',
      ),
      personPanel(
        'Apps installed and removed',
        table({
          rows: [top('atlassian_cloud.audit.app.name', 'App', { size: 20 }), ACTIONS_OF_PERSON, BY],
          values: [EVENTS, LAST_SEEN],
          query: APPS,
        }),
      ),
    ]),
  ],
});
