import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../../src/core/json.ts';
import { createTransform } from '../../src/transform/to-ecs.ts';
import { GOLDEN_OPTIONS } from './golden-options.ts';

const transform = createTransform(GOLDEN_OPTIONS);
const attributes = { time: '2026-05-19T10:03:00Z', action: 'user_login' };

const REJECTED: readonly (readonly [JsonValue, string])[] = [
  [null, 'the event must be an object, found null'],
  [[{ id: 'e-1', attributes }], 'the event must be an object, found an array'],
  [{ id: 7, attributes }, 'id must be a non-empty string, found a number'],
  [{ id: '', attributes }, 'id must be a non-empty string, found an empty string'],
  [{ id: 'ü'.repeat(300), attributes }, 'id must have at most 512 bytes, found 600'],
  [{ id: 'a\ud800', attributes }, 'id must be well-formed Unicode, found a lone surrogate'],
  [{ id: 'e-1', attributes: { action: 'x' } }, 'attributes.time must be an ISO 8601 time, found nothing'],
  [{ id: 'e-1', attributes: { ...attributes, time: 17 } }, 'attributes.time must be an ISO 8601 time, found a number'],
  [
    { id: 'e-1', attributes: { ...attributes, action: {} } },
    'attributes.action must be a non-empty string, found an object',
  ],
];

describe('an event that can become no document', () => {
  test.each(REJECTED)('%#: is rejected with what was found', (raw, reason) =>
    expect(transform(raw)).toEqual({ kind: 'rejected', reason }),
  );
});
