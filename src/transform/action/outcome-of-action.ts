import type { EventClass, EventOutcome } from '../event-class.ts';
import { ATTEMPT, BEGUN, FAILURE, SUCCESS } from './outcome-words.ts';
import type { Reading } from './reading.ts';
import { type Thing, thingsNamed } from './things.ts';
import { VERBS } from './verbs.ts';

/**
 * What an id tells of the outcome, first match first:
 *
 * 1. a word of failure (`user_login_failed`, `access_denied`): `failure`, unless it only names what something was done
 *    to (`jira_error_page_updated`);
 * 2. something refused that was tried (`login_blocked`, `export_blocked`, `access_blocked`): `failure`. Where the
 *    id names who or what is kept out (`user_blocked`, `domain_blocked`), that is the deed, and it succeeded;
 * 3. nothing recognised: `unknown`, whatever else it says;
 * 4. a detection: `unknown`. To find malware is no success of the one who brought it, and no failure either;
 * 5. a login to which something else happened (`user_login_throttled`, `anomalous_login_detected`): `unknown`;
 * 6. an attempt, a request, a beginning (`app_auto_update_attempt`, `jira_export_started`): `unknown`;
 * 7. something that was done (`jira_issue_viewed`): `success`, since the log records deeds after they were done;
 * 8. anything else: `unknown`. Success is never assumed.
 */
export function outcomeOfAction(reading: Reading, found: EventClass | undefined): EventOutcome {
  if (isFailed(reading) || isRefused(reading)) return 'failure';
  if (found === undefined || isDetection(found) || isOpen(reading)) return 'unknown';
  if (found.categories.includes('authentication') && !isPlainLogin(reading)) return 'unknown';
  return isDone(reading) ? 'success' : 'unknown';
}

/** What is tried, where it is not a verb. */
const TRIED: readonly Thing[] = ['permission', 'request', 'api', 'session'];

/** What reports failures and reacts to them: named after one even where the id says what failed. */
const NAMED_AFTER_FAILURES: readonly Thing[] = ['detection', 'detector', 'setting', 'facility', 'automation'];

function isFailed(reading: Reading): boolean {
  const names = reading.phrases.filter((phrase, at) => FAILURE.has(phrase) && isName(reading, at));
  return reading.words.filter((word) => FAILURE.has(word)).length > names.length;
}

/**
 * After it come a thing and what was done to that. Beside something tried, what follows may be the reason instead:
 * `login_failed_account_locked` is no success, `login_failed_alert_rule_deleted` is.
 */
function isName({ phrases, product }: Reading, at: number): boolean {
  const named = (phrase: string) => thingsNamed(phrase, product) ?? [];
  const done = phrases.findLastIndex((phrase) => VERBS.get(phrase)?.some(({ form }) => form === 'done') === true);
  const things = phrases.slice(at + 1, Math.max(done, at + 1)).flatMap(named);
  if (things.length === 0) return false;
  const others = phrases.filter((phrase, other) => other !== done && !FAILURE.has(phrase));
  const isTried = others.some((phrase) => VERBS.has(phrase) || named(phrase).some((thing) => TRIED.includes(thing)));
  return !isTried || things.some((thing) => NAMED_AFTER_FAILURES.includes(thing));
}

function isRefused({ verb, verbs, form, things }: Reading): boolean {
  if (!verbs.has('deny')) return false;
  if (verb !== 'deny') return form === 'named';
  return things.size === 0 || TRIED.some((thing) => things.has(thing));
}

function isDetection({ categories }: EventClass): boolean {
  return categories.includes('malware') || categories.includes('intrusion_detection');
}

function isOpen({ words, verb, form, things }: Reading): boolean {
  if (verb === 'request' || words.some((word) => ATTEMPT.has(word))) return true;
  if (form === 'done') return false;
  const isWish = things.has('request') || things.has('api');
  return isWish || (form === 'named' && words.some((word) => BEGUN.has(word)));
}

/** A known verb, a word of success, or a past participle that we don't know. */
function isDone({ verb, words }: Reading): boolean {
  return verb !== undefined || words.some((word) => SUCCESS.has(word) || isParticiple(word));
}

/** `user_logged_in` and `login_succeeded`, but no other word for what was done. */
function isPlainLogin({ words }: Reading): boolean {
  return words.every((word) => !isParticiple(word) || LOGGED.has(word) || SUCCESS.has(word));
}

const LOGGED: ReadonlySet<string> = new Set([
  'logged',
  'signed',
  'authenticated',
  'completed',
  'impersonated',
  'ended',
]);

function isParticiple(word: string): boolean {
  return word.endsWith('ed') && !word.endsWith('eed');
}
