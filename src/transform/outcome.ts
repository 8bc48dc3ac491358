import type { AuditObject } from './ecs-document.ts';
import type { EventOutcome } from './event-class.ts';
import { text } from './read.ts';
import { isLogin, isLogout, VERBS } from './words.ts';

/**
 * How an event came out (`event.outcome`), by these rules, first match first:
 *
 * 1. an attribute `status`, `result` or `outcome` of any context or container element that reads as a failure:
 *    `failure`. Logins are seen in both ways, as one id with a status and as an id of their own;
 * 2. a word of failure in the id (`user_login_failed`, `app_enable_failure`, `access_denied`): `failure`;
 * 3. an attempt or a request, not what became of it (`app_auto_update_attempt`, `password_reset_requested`):
 *    `unknown`, as is a `request` of which the id does not say that something was done with it;
 * 4. logins, logouts and whatever the id says was done (`jira_issue_viewed`): `success`, since the audit log
 *    records actions after they were performed;
 * 5. anything else: `unknown`. Success is never assumed.
 */
export function outcomeOf(
  byAction: EventOutcome,
  context: readonly AuditObject[],
  container: readonly AuditObject[],
): EventOutcome {
  return byAction === 'failure' || context.some(tellsFailure) || container.some(tellsFailure) ? 'failure' : byAction;
}

/** Rules 2 to 5. */
export function outcomeOfAction(tokens: readonly string[]): EventOutcome {
  if (tokens.some((token) => FAILURE.has(token))) return 'failure';
  if (tokens.some((token) => ATTEMPT.has(token))) return 'unknown';
  return isLogin(tokens) || isLogout(tokens) || tokens.some(isDone) ? 'success' : 'unknown';
}

const FAILURE: ReadonlySet<string> = new Set([
  ...['fail', 'failed', 'failure', 'failing', 'denied', 'error', 'unsuccessful', 'unsuccessfully'],
]);
const ATTEMPT: ReadonlySet<string> = new Set(['attempt', 'attempted', 'requested', 'requesting', 'pending']);
const SUCCESS: ReadonlySet<string> = new Set(['success', 'successful', 'successfully']);
const TELLING_ATTRIBUTES = ['status', 'result', 'outcome'] as const;

/** A known verb, or any other past participle. */
function isDone(token: string): boolean {
  return VERBS.has(token) || SUCCESS.has(token) || (token.endsWith('ed') && !token.endsWith('eed'));
}

function tellsFailure({ attributes }: AuditObject): boolean {
  return attributes !== undefined && TELLING_ATTRIBUTES.some((name) => readsAsFailure(text(attributes[name])));
}

/** The longest word of failure; a longer text is prose. */
const LONGEST = 16;

function readsAsFailure(value: string | undefined): boolean {
  return value !== undefined && value.length <= LONGEST && FAILURE.has(value.trim().toLowerCase());
}
