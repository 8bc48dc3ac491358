import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadConfig, loadServerSettings } from '../../src/config/load.ts';
import { isLoopbackHost } from '../../src/core/host.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const GOOD = { ATLASSIAN_ORG_ID: 'mine', ATLASSIAN_API_KEY: 'the-long-key', SHIPPER_FILE_PATH: 'audit.ndjson' };
const TOKEN = 'a-token-of-good-length';
const load = (env: Readonly<Record<string, string>>) => loadConfig({ file: undefined, env: { ...GOOD, ...env } });

function fileWith(text: string): string {
  const path = join(tempFolder(), 'token');
  writeFileSync(path, text);
  return path;
}

describe('the token of the status server', () => {
  test.each(['127.0.0.1', '127.1.2.3', '::1', 'localhost'])('%s is loopback, where none is needed', (host) => {
    expect(isLoopbackHost(host)).toBe(true);
    expect(load({ SHIPPER_SERVER_HOST: host }).serverToken).toBeUndefined();
  });

  test.each(['0.0.0.0', '::', '10.0.0.1', 'shipper.example', '127.0.0.1.evil.example', '::ffff:127.0.0.1'])(
    '%s is not: without a token the configuration is wrong',
    (host) => {
      expect(() => load({ SHIPPER_SERVER_HOST: host })).toThrow(/SHIPPER_SERVER_TOKEN_FILE.*openssl rand/);
      expect(load({ SHIPPER_SERVER_HOST: host, SHIPPER_SERVER_TOKEN: TOKEN }).serverToken?.reveal()).toBe(TOKEN);
      expect(load({ SHIPPER_SERVER_HOST: host, SHIPPER_SERVER_ENABLED: 'false' }).serverToken).toBeUndefined();
    },
  );

  test('comes from a file, and is masked in the settings', () => {
    const { settings, serverToken } = load({ SHIPPER_SERVER_TOKEN_FILE: fileWith(`${TOKEN}\n`) });
    expect(serverToken?.reveal()).toBe(TOKEN);
    expect(JSON.stringify(load({ SHIPPER_SERVER_TOKEN: TOKEN }).settings)).not.toContain(TOKEN);
    expect(settings.server.token).toBeUndefined();
  });

  test.each([
    [{ SHIPPER_SERVER_TOKEN: 'short' }, /SHIPPER_SERVER_TOKEN.*fewer than 16/],
    [{ SHIPPER_SERVER_TOKEN: TOKEN, SHIPPER_SERVER_TOKEN_FILE: '/x' }, /given twice/],
    [{ SHIPPER_SERVER_TOKEN: 'x'.repeat(1_025) }, /more than 1024 characters/],
    [{ SHIPPER_SERVER_ALLOWED_HOSTS: 'shipper:9464' }, /SHIPPER_SERVER_ALLOWED_HOSTS.*without scheme, port/],
    [{ SHIPPER_SERVER_ALLOWED_HOSTS: '*.example' }, /SHIPPER_SERVER_ALLOWED_HOSTS/],
    [{ SHIPPER_SERVER_TOKEN_FILE: '/nowhere' }, /SHIPPER_SERVER_TOKEN_FILE.*can't be read/],
    [{ SHIPPER_SERVER_PORT: '0' }, /SHIPPER_SERVER_PORT/],
    [{ SHIPPER_SERVER_PORT: '70000' }, /SHIPPER_SERVER_PORT/],
    [{ SHIPPER_SERVER_ENABLED: 'maybe' }, /SHIPPER_SERVER_ENABLED/],
    [{ ATLASSIAN_API_KEY_EXPIRES_ON: 'soon' }, /ATLASSIAN_API_KEY_EXPIRES_ON: is not a day such as 2026-12-31/],
    [{ SHIPPER_SILENCE_AFTER: 'never' }, /SHIPPER_SILENCE_AFTER/],
  ])('what is wrong is told: %j', (env, words) => {
    expect(() => load(env)).toThrow(words);
  });
});

test('where the server is can be told without any key', () => {
  const settings = loadServerSettings({
    file: undefined,
    env: { SHIPPER_SERVER_PORT: '9999', SHIPPER_SERVER_ALLOWED_HOSTS: 'a, B,' },
  });
  expect(settings).toEqual({ enabled: true, host: '127.0.0.1', port: 9999, allowed_hosts: ['a', 'B'] });
});
