import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createRegularStdout } from '../../../src/exporters/file/regular-stdout.ts';
import { createStdoutExporter } from '../../../src/exporters/file/stdout-exporter.ts';
import { outgoingOf } from '../../helpers/documents.ts';
import { smallDisk } from '../../helpers/small-disk.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';

const NEVER = new AbortController().signal;

test('a redirected standard output that fills the disk is not delivered, and is whole once there is space', async (context) => {
  const disk = smallDisk(context, 'size=512k');
  const ballast = join(disk.folder, 'more-ballast');
  writeFileSync(ballast, Buffer.alloc(400 * 1_024));
  const path = join(disk.folder, 'out.ndjson');
  const fd = openSync(path, 'a');
  const exporter = createStdoutExporter({ name: 'stdout', stdout: createRegularStdout(fd) });
  const batch = Array.from({ length: 150 }, (_, index) => outgoingOf(`${index}`, { message: 'x'.repeat(1_000) }));

  const [full] = await exporter.export(batch, NEVER);
  expect(full).toMatchObject({ kind: 'retryable', problem: { code: 'stdout-failed' }, answerLost: true });
  expect(readFileSync(path).length).toBeGreaterThan(0);
  rmSync(ballast);
  expect(await exporter.export(batch, NEVER)).toEqual(batch.map(() => ({ kind: 'delivered' })));
  closeSync(fd);
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  expect(lines.slice(-batch.length)).toEqual(batch.map(({ document }) => document.json));
});

test('a redirected standard output gets the lines and nothing else', async () => {
  const path = join(tempFolder(), 'out.ndjson');
  const fd = openSync(path, 'a');
  const exporter = createStdoutExporter({ name: 'stdout', stdout: createRegularStdout(fd) });
  const batch = [outgoingOf('a'), outgoingOf('ü')];
  await exporter.export(batch, NEVER);
  closeSync(fd);
  expect(readFileSync(path, 'utf8')).toBe(batch.map(({ document }) => `${document.json}\n`).join(''));
});
