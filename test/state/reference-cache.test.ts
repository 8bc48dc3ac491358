import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createReferenceCache } from '../../src/state/reference-cache.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

describe('a reference cache', () => {
  test.each(['action-names:a', '../../etc/x', 'lone \ud800', '', 'x'.repeat(10_000)])('never throws: %j', (name) => {
    const cache = createReferenceCache(tempFolder(), name);
    expect(cache.load()).toBeUndefined();
    cache.save({ a: 1 });
    expect([undefined, { a: 1 }]).toContainEqual(cache.load());
  });

  test('has what was saved last', () => {
    const folder = tempFolder();
    createReferenceCache(folder, 'lone \ud800').save([1]);
    createReferenceCache(folder, 'lone \ud800').save([2]);
    expect(createReferenceCache(folder, 'lone \ud800').load()).toEqual([2]);
  });

  test('does not write through a link in the place of its next file', () => {
    const folder = tempFolder();
    const other = join(folder, 'other');
    writeFileSync(other, 'theirs');
    mkdirSync(join(folder, 'reference'));
    symlinkSync(other, join(folder, 'reference', 'names.json.new'));
    const cache = createReferenceCache(folder, 'names');
    cache.save([1]);

    expect(readFileSync(other, 'utf8')).toBe('theirs');
    expect(cache.load()).toEqual([1]);
    expect(existsSync(join(folder, 'reference', 'names.json.new'))).toBe(false);
  });
});
