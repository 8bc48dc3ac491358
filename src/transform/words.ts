/**
 * The vocabulary of action ids. Ids are an open set in snake case, either noun and verb (`jira_issue_viewed`) or
 * verb and noun (`added_org_admin`), so words tell more than prefixes.
 */

/** What was done. `add` and `remove` make or change, depending on the object: see `classify-by-tokens.ts`. */
export type Verb =
  | 'create'
  | 'add'
  | 'grant'
  | 'change'
  | 'access'
  | 'revoke'
  | 'remove'
  | 'delete'
  | 'install'
  | 'uninstall';

/** What it was done to. */
export type Noun =
  | 'permission'
  | 'admin'
  | 'group'
  | 'user'
  | 'membership'
  | 'credential'
  | 'policy'
  | 'settings'
  | 'app'
  | 'content'
  | 'product';

export const VERBS: ReadonlyMap<string, Verb> = index<Verb>([
  ['create', 'create created copied cloned generated invite invited sent uploaded imported'],
  ['add', 'add added join joined connected linked'],
  ['grant', 'grant granted enable enabled assign assigned activated reactivate reactivated'],
  ['change', 'update updated updating change changed edit edited modify modified set reset rename renamed move moved'],
  ['change', 'archived unarchived restored published transferred rotate rotated verify verified converted'],
  ['change', 'configured accepted rejected closed'],
  ['access', 'view viewed read accessed export exported download downloaded listed searched printed'],
  ['revoke', 'revoke revoked disable disabled unassign unassigned deactivate deactivated suspend suspended expired'],
  ['revoke', 'unlinked disconnected blocked unblocked'],
  ['remove', 'remove removed leave left'],
  ['delete', 'delete deleted purged trashed'],
  ['install', 'install installed installation'],
  ['uninstall', 'uninstall uninstalled uninstallation'],
]);

export const NOUNS: ReadonlyMap<string, Noun> = index<Noun>([
  ['permission', 'permission permissions role roles access privilege privileges restriction restrictions'],
  ['permission', 'twosv mfa entitlement license licence'],
  ['admin', 'admin admins administrator administrators'],
  ['group', 'group groups'],
  ['user', 'user users account accounts profile invitation invitations'],
  ['membership', 'member members membership'],
  ['credential', 'token tokens api apikey deploy ssh password credential credentials'],
  ['policy', 'policy policies sso saml scim idp allowlist allowlists'],
  ['settings', 'setting settings configuration domain domains webhook webhooks site sites residency classification'],
  ['settings', 'project projects workspace space spaces workflow scheme integration automation rule rules'],
  ['settings', 'agent agents log organization org'],
  ['app', 'app apps plugin plugins addon addons'],
  ['content', 'page pages blog blogs blogpost whiteboard comment comments attachment attachments issue issues sprint'],
  ['content', 'version worklog filter dashboard chart repository branch snippet card board video file files'],
  ['product', 'jira confluence bitbucket trello loom opsgenie statuspage'],
]);

/** `user_login`, `signed_in_to_account`: two words or one. */
const LOGIN: ReadonlySet<string> = new Set(['login', 'signin', 'logged in', 'signed in']);
const LOGOUT: ReadonlySet<string> = new Set(['logout', 'signout', 'logged out', 'signed out']);

export function words(action: string): readonly string[] {
  return action
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

export const isLogin = (tokens: readonly string[]): boolean => hasPhrase(tokens, LOGIN);
export const isLogout = (tokens: readonly string[]): boolean => hasPhrase(tokens, LOGOUT);

function hasPhrase(tokens: readonly string[], phrases: ReadonlySet<string>): boolean {
  return tokens.some((token, at) => phrases.has(token) || phrases.has(`${token} ${tokens[at + 1] ?? ''}`));
}

/** A `Map`, so that words such as `constructor` are no words of ours. */
function index<Kind>(kinds: readonly (readonly [Kind, string])[]): ReadonlyMap<string, Kind> {
  return new Map(kinds.flatMap(([kind, forms]) => forms.split(' ').map((form) => [form, kind] as const)));
}
