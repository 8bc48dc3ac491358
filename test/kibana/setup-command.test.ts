import { Buffer } from 'node:buffer';
import { describe, expect, test } from 'vitest';
import { run } from '../helpers/commands.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { tracesOf } from '../helpers/traces-of.ts';
import { FIXTURES } from './content-folder.ts';
import { type KibanaServer, startKibana } from './kibana-server.ts';
import { KEY, LOCKED, OPEN } from './setting-up.ts';

describe('the command', () => {
  const setup = (kibana: KibanaServer, args: readonly string[] = [], env = {}) =>
    run(['setup', '--kibana-url', `${kibana.url}/`, '--assets', `${FIXTURES}/..`, ...args], { ...OPEN, ...env });

  test('says what it did, needs no other variable, and never shows the key', async () => {
    const kibana = await startKibana(LOCKED);
    const dry = await setup(kibana, ['--dry-run']);
    const first = await setup(kibana);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toMatch(/^dashboard +\[Atlassian Cloud\] Overview +created$/m);
    expect(dry.stdout).toMatch(/^7 would be created$/m);
    expect(first.stdout).toMatch(/^7 created$/m);
    expect(first.stdout).toContain(`${kibana.url}/app/dashboards`);
    const second = await setup(kibana);
    expect(second.stdout).toBe('7 unchanged\n');
    const refused = await setup(await startKibana({ authorization: 'ApiKey other' }));
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('(401)') });
    const gone = await setup(kibana, ['--uninstall']);
    expect(gone.stdout).toMatch(/^rule .* removed$/m);
    expect(gone.stdout).toMatch(/^7 removed$/m);
    const texts = Object.entries({ dry, first, second, refused, gone }).flatMap(([name, { stdout, stderr }]) => [
      [`${name}, stdout`, stdout],
      [`${name}, stderr`, stderr],
    ]);
    expect(tracesOf(KEY, Object.fromEntries(texts), tempFolder())).toEqual([]);
  });

  test('takes a user and password, too', async () => {
    const authorization = `Basic ${Buffer.from('elastic:the password').toString('base64')}`;
    const kibana = await startKibana({ authorization });
    const env = { KIBANA_API_KEY: '', KIBANA_USERNAME: 'elastic', KIBANA_PASSWORD: 'the password' };
    expect(await setup(kibana, [], env)).toMatchObject({ code: 0 });
    const wrong = await setup(kibana, [], { ...env, KIBANA_PASSWORD: 'another password' });
    expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining('(401)') });
    expect(wrong.stderr).not.toContain('another password');
    expect(wrong.stderr).not.toContain(Buffer.from('elastic:another password').toString('base64'));
  });

  test('lists everything that is wrong with what it was given', async () => {
    const wrong = await run(
      ['setup', '--kibana-url', 'https://kibana.example/s/soc/app/home', '--kibana-space', 'The SOC'],
      {
        KIBANA_API_KEY: 'one two',
        KIBANA_USERNAME: 'elastic',
        KIBANA_CA_FILE: '/nowhere',
      },
    );
    expect(wrong.code).toBe(2);
    for (const words of [
      /leave out \/app/,
      /--kibana-space: /,
      /KIBANA_API_KEY: /,
      /KIBANA_USERNAME: /,
      /KIBANA_CA_FILE: /,
    ])
      expect(wrong.stderr).toMatch(words);
  });
});
