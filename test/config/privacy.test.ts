import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const KEY = '0123456789abcdef0123456789abcdef';

function load(privacy: string, files: Readonly<Record<string, string>> = {}) {
  const folder = tempFolder();
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  const file = join(folder, 'config.yaml');
  const rest =
    'sources: [{type: organization_audit, org_id: o-1, api_key: a-long-enough-key}]\nexporters: {file: {path: out}}';
  writeFileSync(file, `${rest}\nprivacy: ${privacy.replaceAll('$', folder)}\n`);
  return loadConfig({ file, env: {} });
}

describe('the privacy part of a configuration', () => {
  test('keeps everything unless told otherwise', () => {
    const { settings, privacyKey } = load('{}');
    expect(new Set(Object.values(settings.privacy.fields))).toEqual(new Set(['keep']));
    expect(privacyKey).toBeUndefined();
  });

  test('drops without a key', () => {
    expect(load('{fields: {user.name: drop}}').settings.privacy.fields['user.name']).toBe('drop');
  });

  test('hashes with the key of the file, which can not be printed', () => {
    const config = load('{fields: {user.email: hash}, key_file: $/key}', { key: `${KEY}\n` });
    expect(config.privacyKey?.reveal()).toBe(KEY);
    expect(inspect(config, { depth: 9 })).not.toContain(KEY);
    expect(JSON.stringify(config)).not.toContain(KEY);
  });

  test.each([
    ['{fields: {user.email: hash}}', /privacy\.key_file: is needed to hash: make one with "openssl rand -hex 32"/],
    ['{fields: {user.email: hash}, key_file: $/absent}', /privacy\.key_file: can't be read \(ENOENT\)/],
    ['{fields: {user.email: hash}, key_file: $/short}', /privacy\.key_file: holds a key of fewer than 32 characters/],
    ['{fields: {user.email: hash}, key_file: $/empty}', /privacy\.key_file: is empty/],
    ['{fields: {user.email: mask}}', /privacy\.fields\.user\.email: must be one of keep, drop, hash/],
    ['{fields: {user.mail: drop}}', /privacy\.fields\.user\.mail: is not a known key/],
  ])('tells what is wrong with %s', (privacy, message) => {
    expect(() => load(privacy, { short: 'too-short', empty: '\n' })).toThrow(message);
  });
});
