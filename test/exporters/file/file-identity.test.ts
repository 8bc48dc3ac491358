import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { identityOf, isSameFile } from '../../../src/exporters/file/file-identity.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';

function statsOf(size: bigint, { birthtimeNs = 5n, ctimeNs = 9n, ino = 7n }) {
  const path = join(tempFolder(), 'file');
  writeFileSync(path, '');
  return Object.assign(statSync(path, { bigint: true }), { size, birthtimeNs, ctimeNs, ino });
}

test('an inode that a later file got is another file', () => {
  const ours = identityOf(statsOf(10n, { birthtimeNs: 5n }));
  expect(isSameFile(ours, identityOf(statsOf(10n, { birthtimeNs: 5n, ctimeNs: 12n })))).toBe(true);
  expect(isSameFile(ours, identityOf(statsOf(10n, { birthtimeNs: 6n })))).toBe(false);
  expect(isSameFile(ours, identityOf(statsOf(10n, { ino: 8n })))).toBe(false);
});

test('where the time of the last change stands in for the birth time, a file is known by its inode through every write', () => {
  const created = identityOf(statsOf(0n, { birthtimeNs: 5n, ctimeNs: 5n }));
  const written = identityOf(statsOf(10n, { birthtimeNs: 8n, ctimeNs: 8n }));
  const later = identityOf(statsOf(20n, { birthtimeNs: 9n, ctimeNs: 9n }));
  expect(isSameFile(created, written)).toBe(true);
  expect(isSameFile(written, later)).toBe(true);
  expect(isSameFile(written, identityOf(statsOf(20n, { ino: 8n, birthtimeNs: 9n, ctimeNs: 9n })))).toBe(false);
});
