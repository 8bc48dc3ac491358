import { execFileSync } from 'node:child_process';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { Secret } from '../../src/core/secret.ts';
import { startCloud } from '../helpers/commands.ts';
import { installedCommand } from '../helpers/debian-command.ts';
import { startTinyServer } from '../helpers/tiny-server.ts';
import { accessibilityTroubles, launch, openPage, startShipper, tokenFile } from './browser.ts';

const TOKEN = 'the-token-of-this-test-0123456789';
const HOSTILE = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
const SLOW = { SHIPPER_POLL_INTERVAL: '1h' };

const chromium = await installedCommand('chromium', 'chromium');
if (chromium.kind === 'missing') test.skip(`Chromium: ${chromium.reason}`, () => {});
else {
  let browser: Browser;
  beforeAll(async () => {
    execFileSync(process.execPath, ['scripts/build-page.ts']);
    browser = await launch(chromium.path);
  });
  afterAll(() => browser.close());

  describe('test connection', () => {
    test('of a source and an exporter that work', async () => {
      const { url } = await startShipper(await startCloud(), SLOW);
      const page = await openPage(browser, url);
      const cards = page.getByRole('article').filter({ has: page.getByRole('button', { name: 'Test connection' }) });
      await expect.poll(() => cards.count()).toBe(2);
      for (const card of await cards.all()) {
        await card.getByRole('button', { name: 'Test connection' }).click();
        await card.getByText('Connection successful').waitFor();
        expect(await card.getByText(/It took/).count()).toBe(1);
      }
    });

    test('of a key that is refused: the error and what to do, without the key', async () => {
      const cloud = await startCloud({ apiKey: new Secret('a-key-that-nobody-may-see') });
      const { url } = await startShipper(cloud, SLOW);
      const page = await openPage(browser, url);
      cloud.setAccess('unauthorized');
      await page.getByRole('button', { name: 'Test connection' }).first().click();
      await page.getByText('Atlassian refused the API key (401)').first().waitFor();
      await page
        .getByText(/Create a key at admin\.atlassian\.com/)
        .first()
        .waitFor();
      expect(await page.content()).not.toContain('a-key-that-nobody-may-see');
    });
  });

  test('fetch now polls at once', async () => {
    const cloud = await startCloud({ liveEventsPerSecond: 20 });
    const { url } = await startShipper(cloud, SLOW);
    const page = await openPage(browser, url);
    const before = cloud.eventCount();
    await expect.poll(() => cloud.eventCount(), { timeout: 20_000 }).toBeGreaterThan(before + 20);
    await page.getByRole('button', { name: 'Fetch now' }).click();
    const said = await page.getByText(/Fetched: \d+ new events/).textContent();
    expect(Number(/\d+/.exec(said ?? '')?.[0])).toBeGreaterThan(0);
  });

  test('the filter shows the documents that have all its words', async () => {
    const { url } = await startShipper(await startCloud(), SLOW);
    const page = await openPage(browser, url);
    const rows = page.getByRole('table').last().getByRole('row');
    await expect.poll(() => rows.count()).toBe(101);
    await page.getByLabel('Filter').fill('jira_issue success');
    await expect.poll(() => rows.count()).toBeLessThan(101);
    const texts = await rows.allTextContents();
    expect(texts.slice(1).every((text) => text.includes('jira_issue') && text.includes('success'))).toBe(true);
    await page.getByText(`${texts.length - 1} of 100`).waitFor();
    await page.getByLabel('Filter').fill('no document has this');
    await page.getByText('No document has all these words.').waitFor();
  });

  test('dead letters are tried again, one and all', async () => {
    const cloud = await startCloud({ badEvents: 3 });
    const { url } = await startShipper(cloud, SLOW);
    const page = await openPage(browser, url);
    await page.getByRole('button', { name: 'Retry entry 1' }).click();
    await page.getByText(/^1 entry is tried again within seconds/).waitFor();
    const first = page.getByRole('article').filter({ hasText: 'Entry 1' });
    await expect.poll(() => first.textContent(), { timeout: 30_000 }).toMatch(/Attempts\s*2/);
    await page.getByRole('button', { name: 'Retry all' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Retry all' }).click();
    await page.getByRole('button', { name: 'Yes, retry all' }).click();
    await page.getByText(/^3 entries are tried again within seconds/).waitFor();
    await first.getByText('Raw event').click();
    expect((await first.locator('pre').textContent())?.length).toBeGreaterThan(2);
  });

  test('off loopback nothing is shown or done without the token', async () => {
    const access = { SHIPPER_SERVER_HOST: '0.0.0.0', SHIPPER_SERVER_TOKEN_FILE: tokenFile(TOKEN) };
    const { url } = await startShipper(await startCloud(), { ...SLOW, ...access });
    expect((await fetch(`${url}/api/status`)).status).toBe(401);
    const page = await openPage(browser, url);
    const field = page.getByLabel('Token', { exact: true });
    await field.fill('something else entirely');
    await page.keyboard.press('Enter');
    await page.getByText(/not the token/i).waitFor();
    expect(await page.getByRole('button', { name: 'Test connection' }).count()).toBe(0);
    await field.fill(TOKEN);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Test connection' }).first().waitFor();
    expect(await page.content()).not.toContain(TOKEN);
    expect(page.url()).not.toContain(TOKEN);
    expect(await accessibilityTroubles(page)).toEqual([]);
  });

  test('what an event says is shown as text', async () => {
    const { url } = await startShipper(await hostileCloud(), SLOW);
    const page = await openPage(browser, url);
    await page.getByRole('cell', { name: HOSTILE }).first().waitFor();
    expect(await page.locator('table img, table script').count()).toBe(0);
    expect(await page.title()).toMatch(/atlassian-shipper$/);
  });

  describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
    test.each([1_280, 360])('axe finds nothing at a width of %d', async (width) => {
      const cloud = await startCloud({ badEvents: 2 });
      const { url } = await startShipper(cloud, { ...SLOW, ATLASSIAN_API_KEY_EXPIRES_ON: '2020-01-01' });
      const page = await openPage(browser, url, { colorScheme, viewport: { width, height: 900 } });
      await page.getByRole('button', { name: 'Test connection' }).first().click();
      await page.getByText('Connection successful').waitFor();
      cloud.setAccess('forbidden');
      await page.getByRole('button', { name: 'Fetch now' }).click();
      await page
        .getByText(/does not let this key/)
        .first()
        .waitFor();
      expect(await accessibilityTroubles(page)).toEqual([]);
      const overflow = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      expect(overflow).toBe(0);
    });
  });
}

/** An API whose events carry markup wherever a text can be. */
async function hostileCloud(): Promise<Awaited<ReturnType<typeof startCloud>>> {
  const cloud = await startCloud({ backlog: 20 });
  const server = await startTinyServer((request, response) => void relay(request, response));
  onTestFinished(() => server[Symbol.asyncDispose]());
  return { ...cloud, url: server.url };

  async function relay({ url, headers }: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = await fetch(`${cloud.url}${url}`, { headers: { authorization: headers.authorization ?? '' } });
    const text = await answer.text();
    const hostile = text
      .replaceAll(/"content":"(?:[^"\\]|\\.)*"/g, `"content":${JSON.stringify(HOSTILE)}`)
      .replaceAll(cloud.url, server.url);
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(hostile);
  }
}
