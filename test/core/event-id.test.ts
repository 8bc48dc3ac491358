import { describe, expect, test } from 'vitest';
import { eventId } from '../../src/core/event-id.ts';

describe('the id of an event', () => {
  test.each(['x', 'a'.repeat(512), 'ü'.repeat(256), '😀'.repeat(128)])('is usable: %#', (id) =>
    expect(eventId({ id })).toBe(id),
  );

  test.each(['', 'a'.repeat(513), `${'ü'.repeat(256)}x`, '😀'.repeat(129), '\ud800', 7, null, ['x'], { id: 'x' }])(
    'is none: %#',
    (id) => expect(eventId({ id })).toBeUndefined(),
  );

  test.each([null, 'x', 3, [], [{ id: 'x' }]])('is none without an object: %j', (raw) =>
    expect(eventId(raw)).toBeUndefined(),
  );
});
