import { vocabulary } from './phrases.ts';

/** What was done. */
export type Verb =
  | 'login'
  | 'logout'
  | 'impersonate'
  | 'invite'
  | 'create'
  | 'add'
  | 'join'
  | 'grant'
  | 'approve'
  | 'change'
  | 'revoke'
  | 'remove'
  | 'leave'
  | 'delete'
  | 'read'
  | 'export'
  | 'install'
  | 'uninstall'
  | 'send'
  | 'request'
  | 'start'
  | 'run'
  | 'end'
  | 'deny';

/**
 * How a verb is said, the telling form first. An id may have several, and only one of them is the deed:
 *
 * - `done`: as something done (`deleted`). The one at the end of an id wins, or else the first;
 * - `named`: as a noun or a command (`export`). `exported` in the same id wins, and the last one otherwise;
 * - `light`: says only how far something else came (`started`), and is the deed where nothing else is.
 */
export type Form = 'done' | 'named' | 'light';

/**
 * `add`, `remove`, `revoke` and `start` make, end or change something, depending on what it is: `rules.ts` tells.
 * A verb that is not here makes an event `info`, so the list of those that change something is long.
 */
export const VERB_FORMS: readonly (readonly [Verb, Form, string])[] = [
  ['login', 'done', 'logged in, signed in'],
  ['login', 'named', 'login, log in, signin, sign in'],
  ['logout', 'done', 'logged out, signed out, impersonation ended, impersonation stopped, ended impersonation'],
  ['logout', 'named', 'logout, log out, signout, sign out'],
  ['impersonate', 'done', 'logged in as, signed in as, impersonated'],
  ['impersonate', 'named', 'login as, log in as, sign in as, impersonate, impersonating, impersonation'],
  ['invite', 'done', 'invited, reinvited'],
  ['invite', 'named', 'invite'],

  ['create', 'done', 'created, copied, cloned, duplicated, generated, uploaded, imported, forked, provisioned'],
  ['create', 'done', 'recreated, registered, posted, recorded, replied, drafted, submitted, attached'],
  ['create', 'named', 'create, creation, copy, clone, generate, upload, import, fork, provision'],
  ['add', 'done', 'added, connected'],
  ['add', 'named', 'add, connect'],
  ['join', 'done', 'joined'],
  ['join', 'named', 'join'],
  ['grant', 'done', 'granted, assigned, given, promoted, elevated, authorized'],
  ['grant', 'named', 'grant, assign, promote, authorize, authorization'],
  ['approve', 'done', 'approved, accepted'],
  ['approve', 'named', 'approve, approval, accept'],

  ['change', 'done', 'updated, changed, edited, modified, set, reset, set up, configured, reconfigured, made'],
  ['change', 'done', 'enabled, disabled, turned on, turned off, switched, activated, deactivated, reactivated'],
  ['change', 'done', 'suspended, unsuspended, locked, unlocked, unblocked, paused, resumed, enforced, unenforced'],
  ['change', 'done', 'renamed, moved, transferred, migrated, converted, merged, split, reordered, ranked, replaced'],
  ['change', 'done', 'archived, unarchived, restored, recovered, reverted, rolled back, published, unpublished'],
  [
    'change',
    'done',
    'released, deployed, pushed, committed, linked, unlinked, associated, dissociated, mapped, unmapped',
  ],
  ['change', 'done', 'synced, synchronized, shared, unshared, made public, made private, pinned, unpinned'],
  ['change', 'done', 'verified, unverified, claimed, unclaimed, allowed, allowlisted, blocklisted'],
  ['change', 'done', 'scheduled, unscheduled, rescheduled, canceled, cancelled, extended, renewed, upgraded'],
  ['change', 'done', 'downgraded, rotated, regenerated, closed, reopened, resolved, acknowledged, escalated, snoozed'],
  ['change', 'done', 'transitioned, commented, labeled, labelled, tagged, classified, reclassified'],
  ['change', 'named', 'update, change, edit, modify, enable, disable, activation, deactivation, reactivation'],
  ['change', 'named', 'suspension, rename, move, transfer, migration, conversion, merge, archive, restore, publish'],
  ['change', 'named', 'sync, share, verification, cancel, cancellation, upgrade, downgrade, rotation, transition'],

  ['revoke', 'done', 'revoked, unassigned, withdrawn, demoted, deauthorized'],
  ['revoke', 'named', 'revoke, revocation, unassign, demote, deauthorize'],
  ['leave', 'done', 'left'],
  ['leave', 'named', 'leave'],
  ['remove', 'done', 'removed, disconnected, detached, deprovisioned, unregistered'],
  ['remove', 'named', 'remove, removal, disconnect, deprovision'],
  ['delete', 'done', 'deleted, purged, trashed, erased, destroyed, wiped'],
  ['delete', 'named', 'delete, deletion, purge, trash, erase, erasure'],

  ['read', 'done', 'viewed, read, accessed, listed, searched, previewed, played, queried, fetched, retrieved'],
  ['read', 'named', 'view, search, preview, playback, api request, api call, tool call, mcp request'],
  ['export', 'done', 'exported, downloaded, printed, repository cloned, cloned repository'],
  ['export', 'named', 'export, download, print, repository clone'],
  ['install', 'done', 'installed, reinstalled'],
  ['install', 'named', 'install, installation, reinstall'],
  ['uninstall', 'done', 'uninstalled'],
  ['uninstall', 'named', 'uninstall, uninstallation'],

  ['send', 'done', 'sent, resent'],
  ['send', 'named', 'send, resend'],
  ['request', 'done', 'requested'],
  ['start', 'light', 'started, initiated, launched'],
  ['run', 'light', 'triggered, invoked, executed, performed, ran, run'],
  ['end', 'light', 'ended, completed, finished, stopped, terminated, expired, failed'],
  ['deny', 'light', 'denied, blocked, rejected, declined, refused, prevented'],
];

export const VERBS = vocabulary(VERB_FORMS.map(([verb, form, phrases]) => [{ verb, form }, phrases] as const));
