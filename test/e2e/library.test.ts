import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const example = new URL('../../examples/custom-exporter.ts', import.meta.url).pathname;

test('the example with an exporter from outside ships every event through it', async () => {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [example]);
  expect(stdout).toMatch(/^2000 documents\n/);
  expect(stderr).toContain('The counter is busy.');
});
