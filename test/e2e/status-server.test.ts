import { writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { compareOutput, everythingOnce, startCloud } from '../helpers/commands.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { startTinyServer } from '../helpers/tiny-server.ts';
import { tracesOf } from '../helpers/traces-of.ts';
import { until } from '../helpers/until.ts';
import { startShipper } from '../page/browser.ts';
import { post, raw } from '../server/started-server.ts';

const OFTEN = { SHIPPER_POLL_INTERVAL: '1s', SHIPPER_REQUESTS_PER_MINUTE: '6000' };
const [FIRST, SECOND] = ['the-first-key-of-this-test', 'the-second-key-of-this-test'] as const;

test('a key is rotated in its file, without a restart and without a gap', async () => {
  const cloud = await startCloud({ liveEventsPerSecond: 10 });
  let accepted: string = FIRST;
  const asked = new Set<string | undefined>();
  const gate = await startTinyServer((request, response) => void answer(request, response));
  onTestFinished(() => gate[Symbol.asyncDispose]());
  const keyFile = join(tempFolder(), 'key');
  writeFileSync(keyFile, FIRST);
  const gated = { ...cloud, url: gate.url };
  const env = { ATLASSIAN_API_KEY: '', ATLASSIAN_API_KEY_FILE: keyFile, ...OFTEN };
  const { url, folder, process } = await startShipper(gated, env);
  const readiness = async () => (await fetch(`${url}/readyz`)).status;

  accepted = SECOND;
  await until('the old key is refused', async () => (await readiness()) === 503);
  // A wrong word that stands in every event, and is no secret.
  writeFileSync(keyFile, 'attributes');
  await until('the wrong one is in use', () => asked.has('Bearer attributes'), 30_000);
  writeFileSync(keyFile, SECOND);
  await until('the new one is in use', async () => (await readiness()) === 200);
  cloud.holdEvents();
  await until('everything is there', () => compareOutput(folder, cloud).missing.length === 0);
  process.child.kill('SIGTERM');
  const { code, stdout, stderr } = await process.ended;
  expect(code).toBe(0);
  expect(compareOutput(folder, cloud)).toEqual(everythingOnce(cloud));
  expect(tracesOf('[secret]', {}, join(folder, 'out'))).toEqual([]);
  for (const key of [FIRST, SECOND]) expect(tracesOf(key, { stdout, stderr }, folder)).toEqual([]);

  async function answer({ url: path, headers }: IncomingMessage, response: ServerResponse): Promise<void> {
    asked.add(headers.authorization);
    if (headers.authorization !== `Bearer ${accepted}`) {
      response.writeHead(401).end(`no: ${headers.authorization}`);
      return;
    }
    const authorization = `Bearer ${cloud.apiKey.reveal()}`;
    const passed = await fetch(`${cloud.url}${path}`, { headers: { authorization } });
    response.writeHead(passed.status, { 'content-type': 'application/json' }).end(await passed.text());
  }
});

test('whoever mistreats the status server, the pipeline does not notice', async () => {
  const cloud = await startCloud({ backlog: 3_000, liveEventsPerSecond: 50 });
  const { url, folder, process } = await startShipper(cloud, OFTEN);
  const port = Number(new URL(url).port);
  const endMs = performance.now() + 8_000;
  const during = async (mistreat: () => Promise<unknown>) => {
    while (performance.now() < endMs) await mistreat().catch(() => {});
  };
  await Promise.all([
    ...Array.from({ length: 40 }, () =>
      during(() => raw(port, 'POST /api/checks HTTP/1.1\r\nHost: l', { thenWaitMs: 3_000 })),
    ),
    during(() => raw(port, `GET / HTTP/1.1\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`)),
    during(() => post(`${url}/api/checks`, { component: 'x'.repeat(1_000_000) })),
    during(() => post(`${url}/api/dead-letters/retries`, { numbers: [-1, 1e300] })),
    during(() => raw(port, 'GET /metrics HTTP/1.1\r\nHost: evil.example\r\n\r\n')),
    during(() => fetch(`${url}/%2e%2e/%2e%2e/etc/passwd`)),
    during(async () => (await fetch(`${url}/api/documents`)).text()),
  ]);
  cloud.holdEvents();
  await until('everything is there', () => compareOutput(folder, cloud).missing.length === 0);
  const metrics = await (await fetch(`${url}/metrics`)).text();
  expect(metrics).toMatch(/shipper_http_requests_refused_total\{reason="host"\} \d+/);
  expect(metrics).toMatch(
    new RegExp(`shipper_documents_total\\{exporter="file",outcome="delivered"\\} ${cloud.eventCount()}\n`),
  );
  process.child.kill('SIGTERM');
  expect(await process.ended).toMatchObject({ code: 0 });
  expect(compareOutput(folder, cloud)).toEqual(everythingOnce(cloud));
});
