import { describe, expect, test } from 'vitest';
import type { TerminalPage } from '../../src/simulator/options.ts';
import { fileDestination } from '../helpers/file-destination.ts';
import { killAndRestart } from '../helpers/kill-and-restart.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

interface Case {
  readonly name: string;
  readonly terminalPage: TerminalPage;
  readonly rotateAt?: string;
}

const cases: readonly Case[] = [
  { name: 'with a cursor on the last page', terminalPage: 'cursor' },
  { name: 'with null on the last page', terminalPage: 'null' },
  { name: 'with no next on the last page, and a rotating output', terminalPage: 'absent', rotateAt: '500kB' },
];

describe('killed without warning at random points and started again', () => {
  test.each(cases)('every event is in the output, once: $name', async ({ terminalPage, rotateAt }) => {
    const folder = tempFolder();
    const result = await killAndRestart({
      folder,
      destination: fileDestination(folder, { rotateAt }),
      kills: 12,
      events: 2_000,
      pageSize: 20,
      seed: 7,
      cloud: { terminalPage },
    });
    expect(result).toMatchObject({ kills: 12, served: 2_000, written: 2_000, missing: [], twice: [], unknown: [] });
    expect(result.lastRun.code).toBe(0);
  });
});
