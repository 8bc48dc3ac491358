import { Buffer } from 'node:buffer';
import { eventId, MAX_ID_BYTES } from '../core/event-id.ts';
import { isJsonObject, type JsonValue } from '../core/json.ts';
import { normalizeTimestamp } from '../core/timestamp.ts';
import { isJsonArray, object, text } from './read.ts';

export const NESTED_TOO_DEEPLY = 'nested too deeply';

/**
 * Why an event can't become a document: every one of the three required fields that is not as it must be, with
 * what was found instead. Types and sizes only: a reason is logged, and values may be personal.
 */
export function rejectionReason(raw: JsonValue): string {
  if (!isJsonObject(raw)) return `the event must be an object, found ${describe(raw)}`;
  const attributes = object(raw['attributes']);
  const problems = [idProblem(raw), timeProblem(attributes['time']), actionProblem(attributes['action'])];
  return problems.filter((problem) => problem !== undefined).join('; ');
}

function idProblem(raw: JsonValue): string | undefined {
  if (eventId(raw) !== undefined) return undefined;
  const id = object(raw)['id'];
  const found = text(id);
  if (found === undefined) return `id must be a non-empty string, found ${describe(id)}`;
  if (!found.isWellFormed()) return 'id must be well-formed Unicode, found a lone surrogate';
  return `id must have at most ${MAX_ID_BYTES} bytes, found ${Buffer.byteLength(found)}`;
}

function timeProblem(time: JsonValue | undefined): string | undefined {
  if (typeof time === 'string' && normalizeTimestamp(time) !== undefined) return undefined;
  return `attributes.time must be an ISO 8601 time, found ${describe(time)}`;
}

function actionProblem(action: JsonValue | undefined): string | undefined {
  if (text(action) !== undefined) return undefined;
  return `attributes.action must be a non-empty string, found ${describe(action)}`;
}

function describe(value: JsonValue | undefined): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (value === '') return 'an empty string';
  if (isJsonArray(value)) return 'an array';
  if (typeof value === 'string') return `a string of ${value.length} characters`;
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
