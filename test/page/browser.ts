import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, chromium, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { type Environment, environmentOf, start } from '../helpers/commands.ts';
import { freePorts } from '../helpers/search-server.ts';
import type { ShipperProcess } from '../helpers/shipper-process.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { until } from '../helpers/until.ts';

export interface RunningShipper {
  readonly url: string;
  readonly folder: string;
  readonly process: ShipperProcess;
}

/** A shipper of a process of its own that has caught up once, with a server on a free port; it ends with the test. */
export async function startShipper(cloud: Simulator, more: Environment = {}): Promise<RunningShipper> {
  const folder = tempFolder();
  const [port] = await freePorts();
  const env = {
    ...environmentOf(cloud, folder),
    SHIPPER_SERVER_ENABLED: 'true',
    SHIPPER_SERVER_PORT: String(port),
    ...more,
  };
  const process = start(['run'], env);
  const url = `http://127.0.0.1:${port}`;
  await until(
    'the shipper is ready',
    async () => (await fetch(`${url}/readyz`).catch(() => undefined))?.status === 200,
  );
  return { url, folder, process };
}

/** A file with a token that opens the server. */
export function tokenFile(token: string): string {
  const path = join(tempFolder(), 'token');
  writeFileSync(path, `${token}\n`, { mode: 0o600 });
  return path;
}

export interface OpenOptions {
  readonly colorScheme?: 'light' | 'dark';
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** Opens a page that fails the test where a script throws or the policy of the server is broken. */
export async function openPage(browser: Browser, url: string, options: OpenOptions = {}): Promise<Page> {
  const { colorScheme = 'light', viewport = { width: 1_280, height: 900 } } = options;
  const context = await browser.newContext({ colorScheme, viewport });
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on('pageerror', (error) => void wrong.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('401')) wrong.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith('data:')) wrong.push(`asked ${request.url()}`);
  });
  onTestFinished(async () => {
    await context.close();
    if (wrong.length > 0) throw new Error(`the page: ${wrong.join('; ')}`);
  });
  await page.goto(url);
  return page;
}

export function launch(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

/** What axe finds, in short. */
export async function accessibilityTroubles(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
