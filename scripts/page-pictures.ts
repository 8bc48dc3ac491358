/** Takes pictures of the status page for the docs, in a real browser, with a shipper of the simulator: `npm run page:pictures`. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { startSimulator } from '../src/simulator/simulator.ts';

const PORT = 9_465;
const folder = mkdtempSync(join(tmpdir(), 'atlassian-shipper-pictures-'));
const cloud = await startSimulator({
  backlog: 3_000,
  liveEventsPerSecond: 3,
  badEvents: 1,
  requestsPerMinute: 'unlimited',
});
const inTwentyDays = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
const shipper = spawn(process.execPath, ['src/cli/main.ts', 'run'], {
  env: {
    PATH: process.env['PATH'],
    ATLASSIAN_ORG_ID: cloud.orgId,
    ATLASSIAN_API_KEY: cloud.apiKey.reveal(),
    ATLASSIAN_API_URL: cloud.url,
    ATLASSIAN_API_KEY_EXPIRES_ON: inTwentyDays,
    SHIPPER_LOOKBACK: '7d',
    SHIPPER_POLL_INTERVAL: '5s',
    SHIPPER_STATE_DIR: join(folder, 'state'),
    SHIPPER_FILE_PATH: join(folder, 'audit.ndjson'),
    SHIPPER_SERVER_PORT: String(PORT),
  },
  stdio: 'ignore',
});
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? 'chromium',
  args: ['--no-sandbox'],
});
try {
  // Long enough for a chart with a few minutes in it.
  await delay(190_000);
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({ colorScheme, viewport: { width: 1_280, height: 1_150 } });
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${PORT}`);
    await page.getByRole('button', { name: 'Test connection' }).first().click();
    await page.getByText('Connection successful').waitFor();
    await page.screenshot({ path: `docs/images/status-page-${colorScheme}.png` });
    await context.close();
  }
} finally {
  await browser.close();
  shipper.kill('SIGTERM');
  await once(shipper, 'exit');
  await cloud.close();
  rmSync(folder, { recursive: true, force: true });
}
