import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createFileExporter } from '../../../src/exporters/file/exporter.ts';
import { createStdoutExporter } from '../../../src/exporters/file/stdout-exporter.ts';
import { outgoingOf } from '../../helpers/documents.ts';
import { createFakeClock } from '../../helpers/fake-clock.ts';
import { quiet } from '../../helpers/quiet.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';
import { describeExporterContract } from '../exporter.contract.ts';
import { linesIn } from './lines.ts';

for (const place of ['audit.ndjson', 'made/on/the/way/audit.ndjson']) {
  describeExporterContract(`file exporter to ${place}`, () => {
    const folder = tempFolder();
    const path = join(folder, place);
    const config = { path, rotate: { maxBytes: undefined, maxAgeMs: undefined } };
    const below = () => readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
    return {
      connect: () => createFileExporter({ name: 'file', config, clock: createFakeClock(), ...quiet() }),
      documents: async () => linesIn(join(path, '..')),
      traces: async () =>
        below()
          .map((name) => (name.endsWith('.ndjson') ? `${name}\n${readFileSync(join(folder, name), 'utf8')}` : name))
          .join('\n'),
    };
  });
}

describeExporterContract(
  'stdout exporter',
  () => {
    const stdout = new PassThrough();
    const chunks: Buffer[] = [];
    stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    const text = () => Buffer.concat(chunks).toString();
    return {
      connect: () => createStdoutExporter({ name: 'stdout', stdout }),
      documents: async () => text().split('\n').slice(0, -1),
      traces: async () => text(),
    };
  },
  { exactlyOnce: false },
);

describe('stdout exporter', () => {
  test('says that a reader is gone, keeps the documents for another try, and does not end the process', async () => {
    const stdout = new PassThrough();
    const exporter = createStdoutExporter({ name: 'stdout', stdout });
    stdout.destroy(new Error('write EPIPE'));
    const outcomes = await exporter.export([outgoingOf('a'), outgoingOf('b')], new AbortController().signal);
    const gone = { kind: 'retryable', answerLost: true, problem: { code: 'stdout-failed' } };
    expect(outcomes).toMatchObject([gone, gone]);
  });

  test('answers only once the bytes are taken', async () => {
    const taken = Promise.withResolvers<void>();
    const stdout = new Writable({ write: (_chunk, _encoding, done) => void taken.promise.then(() => done()) });
    const exporter = createStdoutExporter({ name: 'stdout', stdout });
    let answered = false;
    const answer = exporter.export([outgoingOf('a')], new AbortController().signal).finally(() => {
      answered = true;
    });
    await setImmediate();
    expect(answered).toBe(false);
    taken.resolve();
    expect(await answer).toEqual([{ kind: 'delivered' }]);
  });
});
