import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { isJsonObject, type JsonObject, parseJson } from '../../src/core/json.ts';
import {
  compareOutput,
  type Environment,
  environmentOf,
  everythingOnce,
  linesOfJson,
  run,
  start,
  startCloud,
} from '../helpers/commands.ts';
import { outputIds } from '../helpers/output-ids.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { until } from '../helpers/until.ts';

/** A folder with everything shipped, but for `badEvents` in the dead letter. */
async function shippedFolder(badEvents: number) {
  const folder = tempFolder();
  const cloud = await startCloud({ backlog: 300, badEvents });
  const env = environmentOf(cloud, folder);
  expect(await run(['run', '--once'], env)).toMatchObject({ code: 0 });
  return { folder, cloud, env };
}

async function letters(env: Environment): Promise<JsonObject[]> {
  return linesOfJson((await run(['dead-letter', 'list', '--json'], env)).stdout);
}

/** As if a later version could read the event: puts right what is wrong with entry 1. */
function mend(folder: string): string {
  // A running shipper may be committing just then.
  const database = new DatabaseSync(join(folder, 'state', 'state.db'), { timeout: 5_000 });
  const raw = parseJson(String(database.prepare('SELECT raw FROM dead_letter WHERE number = 1').get()?.['raw']));
  const attributes = isJsonObject(raw) && isJsonObject(raw['attributes']) ? raw['attributes'] : {};
  const time = '2026-06-01T00:00:00Z';
  const mended = { id: 'mended', attributes: { ...attributes, action: 'page_viewed', time } };
  database.prepare('UPDATE dead_letter SET raw = ? WHERE number = 1').run(JSON.stringify(mended));
  database.close();
  return mended.id;
}

describe('dead-letter list', () => {
  test('shows a table for people and JSON with the raw event for programs, some at a time', async () => {
    const { cloud, env } = await shippedFolder(3);
    const { code, stdout } = await run(['dead-letter', 'list'], env);
    expect(code).toBe(0);
    expect(stdout).toContain('attributes.action must be a non-empty');
    expect(stdout).toMatch(/3 of 3 shown\. .*\n$/);
    expect(stdout).not.toContain('\u001b');

    const listed = await letters(env);
    expect(listed.map(({ number }) => number)).toEqual([1, 2, 3]);
    expect(listed.map(({ key }) => key)).toEqual(cloud.badEvents().map(({ key }) => key));
    for (const { raw, attempts, stage } of listed) {
      expect([attempts, stage]).toEqual([1, 'transform']);
      expect(parseJson(String(raw))).toHaveProperty('attributes');
    }
    const page = await run(['dead-letter', 'list', '--json', '--after', '1', '--limit', '1'], env);
    expect(linesOfJson(page.stdout).map(({ number }) => number)).toEqual([2]);
  });

  test('says that there are none', async () => {
    const { env } = await shippedFolder(0);
    expect((await run(['dead-letter', 'list'], env)).stdout).toContain('No dead letters');
    expect(await run(['dead-letter', 'list', '--json'], env)).toMatchObject({ code: 0, stdout: '' });
    expect(await run(['dead-letter', 'retry', '--all'], env)).toMatchObject({
      code: 0,
      stdout: 'There are no dead letters.\n',
    });
  });
});

describe('dead-letter retry', () => {
  test('without a running shipper delivers what can be delivered by now', async () => {
    const { folder, env } = await shippedFolder(3);
    const before = outputIds(join(folder, 'out'));
    const id = mend(folder);
    const end = await run(['dead-letter', 'retry', '1'], env);
    expect(end).toMatchObject({ code: 0 });
    expect(end.stdout).toContain('1 tried again, 1 delivered, 0 still dead');
    expect(outputIds(join(folder, 'out'))).toEqual([...before, id]);
    expect((await letters(env)).map(({ number }) => number)).toEqual([2, 3]);
  });

  test('keeps what is still unusable, counts the attempt, and exits with 1', async () => {
    const { folder, cloud, env } = await shippedFolder(3);
    mend(folder);
    const end = await run(['dead-letter', 'retry', '--all'], env);
    expect(end.code).toBe(1);
    expect(end.stdout).toContain('3 tried again, 1 delivered, 2 still dead');
    expect(await letters(env)).toMatchObject([
      { number: 2, attempts: 2, retryRequested: false },
      { number: 3, attempts: 2, retryRequested: false },
    ]);
    expect(await run(['run', '--once'], env)).toMatchObject({ code: 0 });
    expect(compareOutput(folder, cloud)).toMatchObject({ missing: [], twice: [], unknown: ['mended'] });
  });

  test('beside a running shipper leaves it to that one', async () => {
    const { folder, cloud, env } = await shippedFolder(2);
    const asked = cloud.requests.total;
    const { child, ended } = start(['run'], env);
    await until('it runs', () => cloud.requests.total > asked);
    const id = mend(folder);
    const end = await run(['dead-letter', 'retry', '--all'], env);
    expect(end).toMatchObject({ code: 0 });
    expect(end.stdout).toContain('2 marked. The running shipper tries them within a few seconds.');
    const written = () => readFileSync(join(folder, 'out', 'audit.ndjson'), 'utf8').includes(`"${id}"`);
    await until('the running shipper has delivered it', written);
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ code: 0 });
    expect(await letters(env)).toMatchObject([{ number: 2, attempts: 2, retryRequested: false }]);
  });

  test('needs to be told which, and that they exist', async () => {
    const { env } = await shippedFolder(1);
    expect(await run(['dead-letter', 'retry'], env)).toMatchObject({ code: 2 });
    expect(await run(['dead-letter', 'retry', 'first'], env)).toMatchObject({ code: 2 });
    expect((await run(['dead-letter', 'retry', '99'], env)).stderr).toContain('No such entries');
  });
});

test('an event that is repeated by the API is one dead letter', async () => {
  const { folder, cloud, env } = await shippedFolder(3);
  await run(['state', 'reset', '--yes'], env);
  writeFileSync(join(folder, 'out', 'audit.ndjson'), '');
  expect(await run(['run', '--once'], env)).toMatchObject({ code: 0 });
  expect(await letters(env)).toHaveLength(3);
  expect(compareOutput(folder, cloud)).toEqual(everythingOnce(cloud));
});
