import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Secret } from '../../src/core/secret.ts';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { type Environment, environmentOf, run, startCloud, writeConfig } from '../helpers/commands.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { startTinyServer } from '../helpers/tiny-server.ts';

const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z {2}/;

describe('check', () => {
  test('says "Connection successful", and when, for every source and exporter', async () => {
    const folder = tempFolder();
    const one = await startCloud();
    const other = await startCloud({ orgId: 'the-other', seed: 2 });
    const end = await run(['check', '--config', writeConfig(folder, [one, other])]);
    expect(end).toMatchObject({ code: 0, stderr: '' });
    const lines = end.stdout.trimEnd().split('\n');
    expect(lines.map((line) => line.replace(ISO_TIME, '').split('. ')[0])).toEqual([
      `organization_audit:${one.orgId}: Connection successful`,
      'organization_audit:the-other: Connection successful',
      'file: Connection successful',
    ]);
    for (const line of lines) expect(line).toMatch(ISO_TIME);
    expect(existsSync(join(folder, 'state')), 'it makes no state').toBe(false);
  });

  test('succeeds on an empty log, with a hint at what may be the reason', async () => {
    const cloud = await startCloud({ backlog: 0 });
    const { code, stdout } = await run(['check'], environmentOf(cloud, tempFolder()));
    expect(code).toBe(0);
    expect(stdout).toContain('Connection successful');
    expect(stdout).toContain('the organization may lack Atlassian Guard');
  });

  test('tests what comes after a failure too', async () => {
    const folder = tempFolder();
    const bad = await startCloud({ orgId: 'the-bad' });
    const good = await startCloud();
    bad.setAccess('unauthorized');
    const { code, stdout } = await run(['check', '--config', writeConfig(folder, [bad, good])]);
    expect(code).toBe(1);
    expect(stdout).toContain('organization_audit:the-bad: Connection failed.');
    expect(stdout).toContain(`organization_audit:${good.orgId}: Connection successful.`);
  });
});

interface Failure {
  /** What the person is told. */
  readonly says: readonly string[];
  readonly arrange: (cloud: Simulator, folder: string) => Environment;
}

const failures: Record<string, Failure> = {
  'a key that is refused': {
    says: ['(401)', 'Create a key at admin.atlassian.com', 'read:events:admin'],
    arrange: () => ({ ATLASSIAN_API_KEY: 'revoked' }),
  },
  'a key without the right': {
    says: ['(403)', 'scope read:events:admin', 'still an organization admin'],
    arrange(cloud) {
      cloud.setAccess('forbidden');
      return {};
    },
  },
  'an unknown organization': {
    says: ['no organization nobodys (404)', 'Copy the organization id from the address of admin.atlassian.com'],
    arrange: () => ({ ATLASSIAN_ORG_ID: 'nobodys' }),
  },
  'nothing that listens': {
    says: ['No answer from the API (ECONNREFUSED: connect ECONNREFUSED 127.0.0.1:1). Nothing is lost', 'HTTPS_PROXY'],
    arrange: () => ({ ATLASSIAN_API_URL: 'http://127.0.0.1:1' }),
  },
  'a file that can not be written': {
    says: [
      "/file/audit.ndjson can't be opened (ENOTDIR",
      'Check the path (exporters.file.path, SHIPPER_FILE_PATH) and who may write there.',
    ],
    arrange(_, folder) {
      writeFileSync(join(folder, 'file'), 'theirs');
      return { SHIPPER_FILE_PATH: join(folder, 'file', 'audit.ndjson') };
    },
  },
};

describe('check tells what to do about', () => {
  test.each(Object.entries(failures))('%s, and exits with 1', async (_, { says, arrange }) => {
    const folder = tempFolder();
    const cloud = await startCloud();
    const env = { ...environmentOf(cloud, folder), ...arrange(cloud, folder) };
    const { code, stdout, stderr } = await run(['check'], env);
    expect(code).toBe(1);
    expect(stderr).toBe('');
    expect(stdout).toContain('Connection failed.');
    for (const words of says) expect(stdout).toContain(words);
  });

  test('a login page in place of the API, and exits with 1', async () => {
    await using server = await startTinyServer((_, response) => response.end('<!doctype html><title>Log in</title>'));
    const cloud = { url: server.url, orgId: 'mine', apiKey: new Secret('key') };
    const { code, stdout } = await run(['check'], environmentOf(cloud, tempFolder()));
    expect(code).toBe(1);
    expect(stdout).toContain('The answer is not the audit log: an HTML page');
    expect(stdout).toContain('check ATLASSIAN_API_URL');
  });
});
