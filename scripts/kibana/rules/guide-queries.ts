import { ALTERED, all, has } from './query-parts.ts';
import type { GuideQuery } from './rule.ts';

/** The field has what the alert has in it, or in another one. In quotes, since ids of accounts have colons. */
export function asAlert(field: string, other = field): string {
  return `${field}: "<${other}>"`;
}

export const AUTHENTICATION = has('event.category', 'authentication');
export const LOGGED_IN = all(AUTHENTICATION, has('event.type', 'start'), has('event.outcome', 'success'));

/** What most guides ask for. They suit any alert on an event, and those of thresholds that count by the same field. */

export const DEEDS: GuideQuery = { what: 'Everything that the person did', kql: asAlert('user.id') };

export const LOGINS: GuideQuery = {
  what: 'Logins of the person, failed ones too: new country, new network?',
  kql: all(asAlert('user.id'), AUTHENTICATION),
};

export const ADMINISTRATION: GuideQuery = {
  what: 'What else the person changed about accounts, policies, settings and apps',
  kql: all(asAlert('user.id'), has('event.category', 'iam', 'configuration', 'package'), ALTERED),
};

export const FROM_ADDRESS: GuideQuery = {
  what: 'Everything from the address, by anybody',
  kql: asAlert('source.ip'),
};

export const DEEDS_OF_TARGET: GuideQuery = {
  what: 'What the person acted on has done since, logins too',
  kql: asAlert('user.id', 'user.target.id'),
};

export const DONE_TO_TARGET: GuideQuery = {
  what: 'What was done to the account of the person acted on',
  kql: asAlert('user.target.id'),
};

/** Lists of people and groups in an event may be long: `user.target` and `group` have the first. */
export const MEMBERS_OF_GROUP: GuideQuery = {
  what: 'Who was added to the group, or removed from it',
  kql: all(asAlert('atlassian_cloud.audit.target.group.id', 'group.id'), has('event.type', 'user')),
};

export const TAKEN_OR_READ: GuideQuery = {
  what: 'What the person read, exported and downloaded',
  kql: all(asAlert('user.id'), has('event.category', 'file'), has('event.type', 'access')),
};

export const MADE: GuideQuery = {
  what: 'What the person made, tokens among it',
  kql: all(asAlert('user.id'), has('event.type', 'creation')),
};

export const LOGINS_OF_ALL: GuideQuery = {
  what: 'Successful logins of everybody: choose the time after the alert',
  kql: all(asAlert('organization.id'), LOGGED_IN),
};

export const BY_TOKEN: GuideQuery = {
  what: 'What was done with the token',
  kql: asAlert('atlassian_cloud.audit.actor.auth.token_id', 'atlassian_cloud.audit.token.id'),
};

export const BY_APP: GuideQuery = {
  what: 'What the app did',
  kql: asAlert('atlassian_cloud.audit.actor.app.id', 'atlassian_cloud.audit.app.id'),
};

export const ABOUT_APP: GuideQuery = {
  what: 'Who installed, changed or allowed the app',
  kql: asAlert('atlassian_cloud.audit.app.id'),
};

export const ABOUT_CONTENT: GuideQuery = {
  what: 'What else happened to the same content, by anybody',
  kql: asAlert('url.full'),
};
