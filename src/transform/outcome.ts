import type { JsonObject, JsonValue } from '../core/json.ts';
import {
  ATTEMPT,
  FAILURE,
  HEDGE,
  LOGIN_FAILURE,
  LOGIN_SUCCESS,
  REFUSAL,
  STATE,
  SUCCESS,
} from './action/outcome-words.ts';
import { words } from './action/phrases.ts';
import { readAction } from './action/reading.ts';
import type { Thing } from './action/things.ts';
import type { AuditObject } from './ecs-document.ts';
import type { EventOutcome } from './event-class.ts';

/**
 * How an event came out (`event.outcome`): by its action, unless an element of `context` or `container` says more.
 * Logins are seen in both ways, as one id with a status and as an id of their own.
 *
 * - An element that tells of a failure makes any event a `failure`; one that tells of a success makes `success` of
 *   `unknown`.
 * - The attributes that tell are `status`, `result`, `outcome` and `success`.
 * - Content, what holds it, and parts of products never tell: the status of a work item that is called Failed,
 *   Rejected or Blocked belongs to a workflow, and a look at it is no failure.
 * - Nor does `blocked` or `rejected` as the `status` of any other thing that we know, such as a person or an app:
 *   that is what it is, not what happened.
 *
 * With logins it is the other way round, since a failed one that looks like a success hides an attack: everything may
 * tell, in attributes like `loginStatus` too, and what we don't understand makes `unknown` of `success`.
 */
export function outcomeOf(
  byAction: EventOutcome,
  context: readonly AuditObject[],
  container: readonly AuditObject[],
  isLogin = false,
): EventOutcome {
  if (isLogin) return outcomeOfLogin(byAction, [...context, ...container]);
  if (byAction === 'failure' || context.some(tellsFailure) || container.some(tellsFailure)) return 'failure';
  return byAction === 'unknown' && (context.some(tellsSuccess) || container.some(tellsSuccess)) ? 'success' : byAction;
}

const tellsFailure = (element: AuditObject): boolean => told(element) === 'failure';
const tellsSuccess = (element: AuditObject): boolean => told(element) === 'success';

/** Things whose status is a step of their own life. */
const IN_A_WORKFLOW: readonly Thing[] = ['content', 'mark', 'container', 'data', 'automation', 'facility', 'request'];

function told({ type, attributes }: AuditObject): EventOutcome | undefined {
  const said = attributes === undefined ? undefined : saidIn(attributes);
  if (said === undefined) return undefined;
  const things = readAction(type ?? '').things;
  if (IN_A_WORKFLOW.some((thing) => things.has(thing))) return undefined;
  return said === 'refused' ? (things.size === 0 ? 'failure' : undefined) : said;
}

/** `refused` where only the status says so. */
function saidIn(attributes: JsonObject): 'failure' | 'success' | 'refused' | undefined {
  const status = word(attributes['status']);
  const results = [word(attributes['result']), word(attributes['outcome'])];
  const success = word(attributes['success']);
  const hasOne = (words: ReadonlySet<string>) => words.has(status) || results.some((result) => words.has(result));
  if (success === 'false' || hasOne(FAILURE) || results.some((result) => REFUSAL.has(result))) return 'failure';
  if (REFUSAL.has(status)) return 'refused';
  return success === 'true' || hasOne(SUCCESS) ? 'success' : undefined;
}

/** The longest of our words; a longer text is prose. */
const LONGEST = 16;

/** Empty where there is none. */
function word(value: JsonValue | undefined): string {
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value.length <= LONGEST ? value.trim().toLowerCase() : '';
}

function outcomeOfLogin(byAction: EventOutcome, elements: readonly AuditObject[]): EventOutcome {
  const told = new Set(elements.flatMap(({ attributes }) => Object.entries(attributes ?? {}).flatMap(saidOfLogin)));
  if (byAction === 'failure' || told.has('failure')) return 'failure';
  if (told.has('unknown')) return 'unknown';
  return told.has('success') ? 'success' : byAction;
}

const TELLING: ReadonlySet<string> = new Set(['status', 'result', 'outcome', 'success']);

/** Nothing where the attribute does not tell, is empty, or is a state of something. */
function saidOfLogin([name, value]: readonly [string, JsonValue | undefined]): readonly EventOutcome[] {
  if (!TELLING.has(wordsIn(name).at(-1) ?? '')) return [];
  const values: readonly (JsonValue | undefined)[] = Array.isArray(value) ? value : [value];
  return values.flatMap((one) => {
    if (one === null || one === undefined) return [];
    return typeof one === 'object' ? ['unknown'] : meant(wordsIn(String(one)));
  });
}

function meant(said: readonly string[]): readonly EventOutcome[] {
  if (said.every((word) => STATE.has(word))) return [];
  if (said.some((word) => HEDGE.has(word))) return ['unknown'];
  if (said.some((word) => LOGIN_FAILURE.has(word))) return ['failure'];
  if (said.some((word) => ATTEMPT.has(word))) return ['unknown'];
  return said.some((word) => LOGIN_SUCCESS.has(word)) ? ['success'] : ['unknown'];
}

/** `loginStatus` is two words. */
function wordsIn(text: string): readonly string[] {
  return words(text.replace(/([a-z])([A-Z])/g, '$1 $2'));
}
