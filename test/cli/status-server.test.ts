import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { environmentOf, heard, run, start, startCloud, writeConfig } from '../helpers/commands.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { startShipper } from '../page/browser.ts';

/** A port that somebody has. */
async function takenPort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  return String(typeof address === 'object' && address !== null ? address.port : 0);
}

test('healthcheck says whether a shipper is alive', async () => {
  const { url, folder, process } = await startShipper(await startCloud());
  const state = { SHIPPER_STATE_DIR: join(folder, 'state') };
  const env = { SHIPPER_SERVER_PORT: new URL(url).port, SHIPPER_SERVER_ENABLED: 'true', ...state };
  expect(await run(['healthcheck'], env)).toMatchObject({ code: 0, stdout: '', stderr: '' });
  const another = await run(['healthcheck'], { ...env, SHIPPER_STATE_DIR: folder });
  expect(another).toMatchObject({ code: 1, stderr: expect.stringContaining('another shipper') });
  process.child.kill('SIGKILL');
  await process.ended;
  expect(await run(['healthcheck'], env)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('does not answer'),
  });
  expect(await run(['healthcheck'], { SHIPPER_SERVER_ENABLED: 'false' })).toMatchObject({ code: 2 });
});

test('a port that was asked for has to be free', async () => {
  const env = { ...environmentOf(await startCloud(), tempFolder()), SHIPPER_SERVER_ENABLED: 'true' };
  const { code, stderr } = await run(['run'], { ...env, SHIPPER_SERVER_PORT: await takenPort() });
  expect(code).toBe(2);
  expect(stderr).toMatch(/can't listen on 127\.0\.0\.1.*SHIPPER_SERVER_PORT/);
});

test('the usual port may be taken: shipping goes on', async () => {
  const holder = createServer().listen(9_464, '127.0.0.1');
  onTestFinished(() => void holder.close());
  await Promise.race([once(holder, 'listening'), once(holder, 'error')]);
  const config = writeConfig(tempFolder(), [await startCloud()]);
  const shipper = start(['run', '--config', config]);
  await heard(shipper, 'Shipping goes on without it');
  shipper.child.kill('SIGTERM');
  expect(await shipper.ended).toMatchObject({ code: 0 });
});

test('run --once has no server', async () => {
  const env = { ...environmentOf(await startCloud(), tempFolder()), SHIPPER_SERVER_ENABLED: 'true' };
  const { code, stderr } = await run(['run', '--once'], { ...env, SHIPPER_SERVER_PORT: await takenPort() });
  expect([code, stderr.includes('Status page')]).toEqual([0, false]);
});
