import { describe, expect, test } from 'vitest';
import { killAndRestart, type TortureOptions } from '../helpers/kill-and-restart.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const cases: readonly (readonly [string, Partial<TortureOptions>])[] = [
  ['with a cursor on the last page', { cloud: { terminalPage: 'cursor' } }],
  ['with null on the last page', { cloud: { terminalPage: 'null' } }],
  ['with no next on the last page, and a rotating output', { cloud: { terminalPage: 'absent' }, rotateAt: '500kB' }],
];

describe('killed without warning at random points and started again', () => {
  test.each(cases)('every event is in the output, once: %s', async (_, options) => {
    const result = await killAndRestart({
      folder: tempFolder(),
      kills: 12,
      events: 2_000,
      pageSize: 20,
      seed: 7,
      ...options,
    });
    expect(result).toMatchObject({ kills: 12, served: 2_000, written: 2_000, missing: [], twice: [], unknown: [] });
    expect(result.lastRun.code).toBe(0);
  });
});
