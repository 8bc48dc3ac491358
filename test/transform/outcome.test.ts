import { describe, expect, test } from 'vitest';
import { outcomeOf } from '../../src/transform/outcome.ts';

describe('the outcome', () => {
  test.each([
    ['success', { status: 'FAILURE' }, 'failure'],
    ['success', { result: ' failed ' }, 'failure'],
    ['unknown', { outcome: 'denied' }, 'failure'],
    ['success', { status: 'success' }, 'success'],
    ['success', { status: 'active' }, 'success'],
    ['success', { status: 500 }, 'success'],
    ['success', { name: 'failed' }, 'success'],
    ['unknown', { status: 'success' }, 'unknown'],
    ['failure', { status: 'success' }, 'failure'],
  ] as const)('%s with %j is %s', (byAction, attributes, expected) => {
    expect(outcomeOf(byAction, [{ type: 'users' }, { attributes }], [])).toBe(expected);
    expect(outcomeOf(byAction, [], [{ attributes }])).toBe(expected);
  });
});
