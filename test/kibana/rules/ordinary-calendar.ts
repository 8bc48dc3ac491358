import { login } from '../../../src/simulator/account-activity.ts';
import { actionById } from '../../../src/simulator/actions.ts';
import { groupLife, membershipOf, orgChange } from '../../../src/simulator/admin-activity.ts';
import { actorOf, orgOf } from '../../../src/simulator/objects.ts';
import type { Organization } from '../../../src/simulator/organization.ts';
import { OFFICES, type Place } from '../../../src/simulator/places.ts';
import { wikiPage } from '../../../src/simulator/product-activity.ts';
import type { Play } from '../../../src/simulator/scene.ts';

/** What is done beside daily work, on which days (of 56, of which the last 28 count), how often and by whom. */
export interface Entry {
  readonly action: string;
  readonly play: (organization: Organization) => Play;
  readonly on: readonly number[] | 'every day';
  readonly times?: number;
  /** All of them in so short a time. */
  readonly withinMinutes?: number;
  readonly by: 'admin' | 'anybody';
  /** Always this one of them. */
  readonly who?: number;
}

export interface Trip {
  readonly person: number;
  readonly place: Place;
  readonly fromDay: number;
  readonly toDay: number;
}

/** What an analyst has to look at, though all is well: each of it once. */
const WORTH_A_LOOK: readonly Entry[] = [
  // Somebody joins the administrators.
  { action: 'user_added_to_group', play: toGroup('admins'), on: [32], by: 'admin', who: 0 },
  // A lost phone.
  once('twosv_disabled_for_user', [38], 'admin', 1),
  // A team moves its handbook elsewhere.
  once('confluence_space_export_completed', [43], 'anybody', 20),
];

/** What no analyst wants to hear of, some of it near to what rules look for. */
const ROUTINE: readonly Entry[] = [
  { action: 'user_added_to_group', play: toGroup('others'), on: 'every day', times: 2, by: 'admin' },
  once('user_removed_from_group', [30, 31, 37, 44, 51, 52], 'admin'),
  { ...once('user_profile_viewed', 'every day', 'admin'), times: 3 },
  once('organization_users_viewed', 'every day', 'admin'),
  once('user_invitation_sent', [28, 35, 42, 49], 'admin'),
  once('user_created', [28, 35, 42, 49], 'admin'),
  once('user_deactivated', [31, 45, 52], 'admin'),
  once('user_revoked_role', [32, 46], 'admin'),
  once('product_access_granted', [28, 35, 42, 49], 'admin'),
  once('group_created', [36, 50], 'admin'),
  once('group_deleted', [50], 'admin'),
  once('confluence_added_space_permission', 'every day', 'anybody'),
  once('confluence_audit_record_removed_content_restriction', [29, 36, 43, 50], 'anybody'),
  once('api_token_created', [0, 1, 2, 3, 4, 7, 8, 9, 10, 11, 14, 15, 16, 17, 18, 30, 37, 44, 45, 51], 'anybody'),
  once('api_token_revoked', [31, 38, 45], 'anybody'),
  once('marketplace_app_installed', [8, 39], 'admin', 2),
  once('marketplace_app_uninstalled', [40], 'admin', 2),
  once('data_classification_policy_update', [33], 'admin'),
  setting('authentication_policy_update', 'two-step-verification', 'required', [34]),
  setting('org_settings_update', 'public-links', 'disabled', [34]),
  { action: 'group_granted_product_access', play: () => groupLife('Granted access to'), on: [36], by: 'admin' },
  // Auditors and authors read much, and take single pages with them.
  {
    action: 'confluence_page_viewed',
    play: () => wikiPage('Viewed'),
    on: [37, 46],
    times: 140,
    withinMinutes: 50,
    by: 'anybody',
    who: 60,
  },
  {
    action: 'confluence_page_export_downloaded',
    play: () => wikiPage('Downloaded'),
    on: [37, 46],
    times: 14,
    withinMinutes: 40,
    by: 'anybody',
    who: 60,
  },
  {
    action: 'confluence_page_export_downloaded',
    play: () => wikiPage('Downloaded'),
    on: 'every day',
    times: 2,
    by: 'anybody',
  },
  // A script with yesterday's password, and the morning after all passwords of a team ran out.
  {
    action: 'user_login_failed',
    play: () => login('Failed to log in to account', 'FAILURE'),
    on: [38, 53],
    times: 30,
    withinMinutes: 60,
    by: 'anybody',
    who: 90,
  },
  ...[70, 71, 72, 73, 74, 75].map(
    (who): Entry => ({
      action: 'user_login_failed',
      play: () => atOneOffice(login('Failed to log in to account', 'FAILURE')),
      on: [42],
      times: 2,
      withinMinutes: 2,
      by: 'anybody',
      who,
    }),
  ),
  { action: 'jira_settings_viewed', play: () => settingsViewed, on: 'every day', by: 'admin' },
];

export const CALENDAR: readonly Entry[] = [...WORTH_A_LOOK, ...ROUTINE];

const [, , LISBON, NEW_YORK] = OFFICES;

/** To another office each. The first went there in the month before, too: only the second is new. */
export const TRIPS: readonly Trip[] =
  LISBON === undefined || NEW_YORK === undefined
    ? []
    : [
        { person: 110, place: NEW_YORK, fromDay: 14, toDay: 18 },
        { person: 110, place: NEW_YORK, fromDay: 35, toDay: 39 },
        { person: 123, place: LISBON, fromDay: 42, toDay: 46 },
      ];

function once(action: string, on: Entry['on'], by: Entry['by'], who?: number): Entry {
  return { action, play: () => actionById(action).play, on, by, ...(who !== undefined && { who }) };
}

function setting(action: string, name: string, value: string, on: readonly number[]): Entry {
  return { action, play: () => orgChange(name, [value], `Set ${name}`), on, by: 'admin' };
}

function toGroup(which: 'admins' | 'others'): Entry['play'] {
  return ({ adminGroup, groups }) =>
    (scene) => {
      const others = groups.filter(({ name }) => !name.includes('admin'));
      const group = which === 'admins' ? adminGroup : scene.chance.pick(others);
      return membershipOf(scene, 'Added', group, [scene.chance.pick(scene.organization.people)]);
    };
}

function atOneOffice(play: Play): Play {
  return (scene) => ({ ...play(scene), location: OFFICES[0] });
}

const settingsViewed: Play = ({ person, organization, place }) => ({
  actor: actorOf(person, organization, { authType: 'session' }),
  context: [],
  container: [orgOf(organization)],
  location: place,
  message: 'Viewed the settings of Jira',
});
