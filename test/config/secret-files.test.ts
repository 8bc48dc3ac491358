import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSecret } from '../../src/config/secret.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

test('what is no regular file would hold up the shipper, and is refused unread', () => {
  const pipe = join(tempFolder(), 'pipe');
  execFileSync('mkfifo', [pipe]);
  for (const file of [pipe, tempFolder(), '/dev/zero'])
    expect(readSecret({ value: undefined, file })).toMatchObject({
      kind: 'wrong',
      message: expect.stringContaining('is no regular file'),
    });
});

test('a file that is too large for a key is refused unread', () => {
  const file = join(tempFolder(), 'large');
  writeFileSync(file, 'x'.repeat(100_000));
  expect(readSecret({ value: undefined, file })).toMatchObject({
    kind: 'wrong',
    message: expect.stringContaining('too large'),
  });
});
