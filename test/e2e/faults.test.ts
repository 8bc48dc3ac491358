import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createConfiguredParts } from '../../src/app/configured-parts.ts';
import { createShipper } from '../../src/app/shipper.ts';
import { loadConfig } from '../../src/config/load.ts';
import { FAULT_KINDS, type FaultKind } from '../../src/simulator/faults.ts';
import type { TerminalPage } from '../../src/simulator/options.ts';
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts';
import { openSqliteState } from '../../src/state/sqlite-state.ts';
import { createFastClock } from '../helpers/fast-clock.ts';
import { compareIds, outputIds } from '../helpers/output-ids.ts';
import { quiet } from '../helpers/quiet.ts';

const EVENTS = 1_200;
const PAGE_SIZE = 8;
/** Backoffs of a minute pass in a second; the limit on a request stays far above what loopback needs. */
const TIMES_AS_FAST = 60;
const REQUEST_TIMEOUT = '60s';
const POLLS = 5;
const NEVER = new AbortController().signal;

const TERMINAL_PAGES: readonly TerminalPage[] = ['cursor', 'null', 'absent'];

describe.concurrent.each(TERMINAL_PAGES)('with %s on the last page', (terminalPage) => {
  test.each(FAULT_KINDS)('every tenth request meets %s, and every event is shipped once', async (kind) => {
    const { comparison, faults } = await shipThroughFaults(terminalPage, [kind]);
    expect(comparison).toEqual({ served: EVENTS, written: EVENTS, missing: [], twice: [], unknown: [] });
    expect(faults).toBeGreaterThan(0);
  });

  test('every tenth request meets any of them, and every event is shipped once', async () => {
    const { comparison, faults } = await shipThroughFaults(terminalPage, FAULT_KINDS);
    expect(comparison).toEqual({ served: EVENTS, written: EVENTS, missing: [], twice: [], unknown: [] });
    expect(faults).toBeGreaterThan(3);
  });
});

async function shipThroughFaults(terminalPage: TerminalPage, kinds: readonly FaultKind[]) {
  const folder = mkdtempSync(join(tmpdir(), 'atlassian-shipper-faults-'));
  mkdirSync(join(folder, 'out'));
  const simulator = await startSimulator({
    backlog: EVENTS,
    terminalPage,
    requestsPerMinute: 'unlimited',
    faults: { probability: 0.1, kinds, seed: 11 },
  });
  try {
    // Two empty pages running mean "caught up" even where they are faults: the next poll goes on.
    for (let poll = 1; poll <= POLLS && written(folder).length < EVENTS; poll += 1) await ship(simulator, folder);
    const faults = Object.entries(simulator.requests.outcomes).filter(([outcome]) => outcome.startsWith('fault:'));
    return {
      comparison: compareIds(simulator.eventIds(), written(folder)),
      faults: faults.reduce((sum, [, count]) => sum + count, 0),
    };
  } finally {
    await simulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function written(folder: string): string[] {
  return outputIds(join(folder, 'out'));
}

async function ship(simulator: Simulator, folder: string): Promise<void> {
  const out = join(folder, 'out');
  const file = join(folder, 'shipper.json');
  const source = {
    type: 'organization_audit',
    org_id: simulator.orgId,
    api_key: simulator.apiKey.reveal(),
    api_url: simulator.url,
    lookback: '7d',
    page_size: PAGE_SIZE,
    requests_per_minute: 100_000,
    request_timeout: REQUEST_TIMEOUT,
  };
  writeFileSync(file, JSON.stringify({ sources: [source], exporters: { file: { path: join(out, 'audit.ndjson') } } }));
  const config = loadConfig({ file, env: {} });
  const clock = createFastClock(TIMES_AS_FAST);
  const quietly = quiet();
  const parts = await createConfiguredParts({ config, version: 'test', clock, ...quietly });
  const shipper = createShipper({ ...parts, ...quietly, clock, state: openSqliteState(join(folder, 'state')) });
  try {
    await shipper.run({ once: true, stop: NEVER });
  } finally {
    await shipper.close();
  }
}
