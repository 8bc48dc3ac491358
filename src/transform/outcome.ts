import type { JsonObject, JsonValue } from '../core/json.ts';
import { FAILURE, REFUSAL, SUCCESS } from './action/outcome-words.ts';
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
 */
export function outcomeOf(
  byAction: EventOutcome,
  context: readonly AuditObject[],
  container: readonly AuditObject[],
): EventOutcome {
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
