import {
  ADMINISTRATION,
  asAlert,
  DEEDS_OF_TARGET,
  DONE_TO_TARGET,
  FROM_ADDRESS,
  LOGINS,
  MEMBERS_OF_GROUP,
} from './guide-queries.ts';
import { action, all, any, bothWays, DATASET, DONE, has, not, spelled, wordsWith } from './query-parts.ts';
import type { RuleRow } from './rule.ts';
import { threat } from './threats.ts';

const ADMIN_CHANGED = all(has('event.category', 'iam'), has('event.type', 'admin'), has('event.type', 'change'));

const ADMINS = 'admin org_admin organization_admin site_admin product_admin user_access_admin';

/** Takes something away, or alters what else an administrator has: by the beginnings, and by ids that could be meant. */
const WITHDRAWN =
  action(`removed_* remove_* revoked_* revoke_* demoted_* deleted_* deactivated_* suspended_* unassigned_*
  user_revoked_* user_removed_* group_revoked_admin_access group_removed_admin_access group_admin_access_revoked
  group_admin_access_removed ${bothWays('removed revoked deleted demoted left deactivated suspended unassigned', ADMINS)}
  ${bothWays('removed revoked unassigned', wordsWith(ADMINS, '_role', '_access'))}
  ${wordsWith(ADMINS, '_email*', '_password*')} ${bothWays('changed updated reset', wordsWith(ADMINS, '_email', '_password'))}`);

const BY_SUPPORT = action('added_admin_by_atlassian_support* admin_added_by_atlassian_support*');

/** Groups whose members administrate: those that Atlassian makes, and usual names. Add your own. */
const ADMIN_GROUPS = has(
  'atlassian_cloud.audit.target.group.name',
  ...spelled(
    ...['administrators', 'site_admins', 'site-admins', 'org-admins', 'organization-admins', 'system-administrators'],
    ...['jira-administrators', 'confluence-administrators', 'jira-servicemanagement-administrators'],
    ...['atlassian-addons-admin', 'user-access-admins', 'trusted-users', 'admins'],
    // With the name of the site behind it.
    ...['jira-admins-*', 'confluence-admins-*', 'jira-administrators-*', 'confluence-administrators-*'],
    'jira-user-access-admins-*',
  ),
);

const TARGET = ['user.target.name', 'user.target.email'];

export const ACCESS_RULES: readonly RuleRow[] = [
  {
    slug: 'admin-granted',
    name: 'Atlassian Cloud: administrator added',
    description: 'Somebody was made an administrator of the organization, a site or a product.',
    severity: 'high',
    detects: {
      type: 'query',
      query: all(
        DATASET,
        DONE,
        any(action('added_org_admin'), all(ADMIN_CHANGED, has('event.type', 'user'), not(WITHDRAWN))),
        not(BY_SUPPORT),
      ),
    },
    threat: [threat('persistence', 'T1098.003'), threat('privilege escalation', 'T1098.003')],
    tags: ['Use Case: Identity and Access Audit', 'Tactic: Persistence', 'Tactic: Privilege Escalation'],
    falsePositives: ['A planned change of administrators. It is rare enough to be asked about each time.'],
    guide: {
      triage: [
        'Who (`user.name`) made whom (`user.target.name`) an administrator, and is there a request for it?',
        'Is `source.ip` a place where the administrator works? Look for alerts of the rule *login from a country new to the person*.',
      ],
      look: [
        'What `user.id` did in the hours before: logins, changes of two-step verification, tokens.',
        'What `user.target.id` has done since.',
      ],
      queries: [DEEDS_OF_TARGET, LOGINS, ADMINISTRATION, FROM_ADDRESS],
      act: [
        'Without a request: take the role away at admin.atlassian.com > Settings > Organization admins, suspend both accounts, and go through everything either of them did.',
      ],
    },
    highlighted: TARGET,
  },
  {
    slug: 'admin-added-by-support',
    name: 'Atlassian Cloud: administrator added by Atlassian support',
    description:
      "Atlassian's support gave somebody the role of an administrator. That is done when an organization has lost all of its administrators, and is what somebody who pretends so wants.",
    severity: 'high',
    detects: { type: 'query', query: all(DATASET, DONE, BY_SUPPORT) },
    threat: [threat('privilege escalation', 'T1098.003')],
    tags: ['Use Case: Identity and Access Audit', 'Tactic: Privilege Escalation'],
    falsePositives: ['You asked for it. There is a ticket at support.atlassian.com then.'],
    guide: {
      triage: ['Does anybody know of a ticket with Atlassian in which this was asked for?'],
      look: ['`user.target.name`: who became an administrator, and what they have done since.'],
      queries: [DEEDS_OF_TARGET, DONE_TO_TARGET],
      act: [
        'Without a ticket: contact Atlassian support at once, take the role away, and suspend the account at admin.atlassian.com > Directory > Users.',
      ],
    },
    highlighted: TARGET,
  },
  {
    slug: 'admin-role-granted',
    name: 'Atlassian Cloud: administrative role granted',
    description:
      'A role was granted to somebody, and the event names a role of administrators. Other roles are daily business and found on the dashboard *Access and administration*.',
    severity: 'medium',
    detects: {
      type: 'query',
      query: all(
        DATASET,
        DONE,
        action('user_granted_role granted_role* role_granted* role_assigned* assigned_role* user_role_granted*'),
        any(
          has('message', 'admin', 'admins', 'administrator', 'administrators'),
          has('atlassian_cloud.audit.role.name', ...roleNames()),
        ),
      ),
    },
    suppressedBy: { fields: ['user.id', 'user.target.id'], hours: 1 },
    threat: [threat('persistence', 'T1098.003'), threat('privilege escalation', 'T1098.003')],
    tags: ['Use Case: Identity and Access Audit', 'Tactic: Persistence', 'Tactic: Privilege Escalation'],
    falsePositives: ['Planned changes. A person, product or site called *admin* in the message is found too.'],
    tuning: {
      except:
        '`atlassian_cloud.audit.role.name` of roles that administrate little; `user.target.id` of people called *Admin*',
    },
    guide: {
      triage: [
        'Which role (`atlassian_cloud.audit.role.name`, or `message`), for whom (`user.target.name`), on which `atlassian_cloud.audit.site.name`?',
        'Is there a request for it?',
      ],
      look: ['Other grants by the same `user.id` on that day.', 'What `user.target.id` did with it.'],
      queries: [
        {
          what: 'Other grants by the same person',
          kql: all(
            asAlert('user.id'),
            has('event.category', 'iam'),
            has('event.type', 'user'),
            has('event.type', 'change'),
          ),
        },
        DEEDS_OF_TARGET,
        LOGINS,
      ],
      act: ['Take the role away at admin.atlassian.com > Directory > Users > the person, and ask whoever granted it.'],
    },
    highlighted: [...TARGET, 'atlassian_cloud.audit.role.name'],
  },
  {
    slug: 'group-granted-admin-access',
    name: 'Atlassian Cloud: administrative access of a group changed',
    description: 'A group was given administrative access, or lost it: all of its members gain or lose it at once.',
    severity: 'high',
    detects: {
      type: 'query',
      query: all(
        DATASET,
        DONE,
        any(
          action('group_granted_admin_access'),
          all(ADMIN_CHANGED, has('event.type', 'group'), not(has('event.type', 'user'))),
        ),
      ),
    },
    threat: [threat('persistence', 'T1098.003'), threat('privilege escalation', 'T1098.003')],
    tags: ['Use Case: Identity and Access Audit', 'Tactic: Persistence', 'Tactic: Privilege Escalation'],
    falsePositives: ['Set-up of a new site or product.'],
    guide: {
      triage: ['Which group (`group.name`), by whom (`user.name`), and was it planned?'],
      look: [
        'Members of the group: admin.atlassian.com > Directory > Groups > the group. People outside of administration among them?',
        'Who was added to the group in the days before?',
      ],
      queries: [
        MEMBERS_OF_GROUP,
        { what: 'What else happened to the group', kql: asAlert('atlassian_cloud.audit.target.group.id', 'group.id') },
        ADMINISTRATION,
      ],
      act: ['Take the access away from the group there, and ask whoever gave it.'],
    },
    highlighted: ['group.name', 'group.id'],
  },
  {
    slug: 'admin-group-joined',
    name: 'Atlassian Cloud: person added to a group of administrators',
    description:
      'Somebody was added to a group whose members administrate. The names are those that Atlassian gives and usual ones: add yours to the rule.',
    severity: 'high',
    detects: {
      type: 'query',
      query: all(
        DATASET,
        DONE,
        action(
          'user_added_to_group group_member_added* added_user_to_group* user_joined_group joined_group group_joined added_group_member* added_to_group',
        ),
        ADMIN_GROUPS,
      ),
    },
    threat: [threat('persistence', 'T1098.003'), threat('privilege escalation', 'T1098.003')],
    tags: ['Use Case: Identity and Access Audit', 'Tactic: Persistence', 'Tactic: Privilege Escalation'],
    falsePositives: ['A new administrator; synchronization from a directory, where the actor is an app.'],
    tuning: { except: '`atlassian_cloud.audit.actor.app.name` of the synchronization from your directory' },
    guide: {
      triage: [
        'Who added whom (`atlassian_cloud.audit.target.user.name`) to which group? Is there a request?',
        'Is the actor a person, or the synchronization (`atlassian_cloud.audit.actor.app.name`)?',
      ],
      look: ['Logins of `user.id` on that day: new country, new network, failures before?'],
      queries: [LOGINS, DEEDS_OF_TARGET, MEMBERS_OF_GROUP, FROM_ADDRESS],
      act: [
        'Remove the person from the group at admin.atlassian.com > Directory > Groups; with a directory, in the directory.',
        'If whoever did it can not explain it, suspend both accounts.',
      ],
    },
    highlighted: [...TARGET, 'group.name'],
  },
];

function roleNames(): readonly string[] {
  const roles = ['Organization admin', 'Site admin', 'Product admin', 'User access admin', 'Administrator', 'Admin'];
  return spelled(...roles, 'org-admin', 'site-admin', 'system-admin');
}
