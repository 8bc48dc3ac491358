import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { linesOfJson, run, start } from '../helpers/commands.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { startTinyServer } from '../helpers/tiny-server.ts';
import { until } from '../helpers/until.ts';

const STACK_TRACE = /^\s+at .+:\d+/m;

describe('help', () => {
  test.each([
    'run',
    'check',
    'demo',
    'transform',
    'simulate',
    'config validate',
    'config print',
    'config schema',
    'state show',
    'state reset',
    'dead-letter list',
    'dead-letter retry',
  ])('of %s shows how it is used', async (command) => {
    const end = await run([...command.split(' '), '--help']);
    expect(end).toMatchObject({ code: 0, stderr: '' });
    expect(end.stdout).toContain(`Usage: atlassian-shipper ${command}`);
    expect(end.stdout).toContain(`  $ atlassian-shipper ${command}`);
  });

  test('lists the commands and what exit codes mean', async () => {
    const { code, stdout } = await run(['--help']);
    expect(code).toBe(0);
    for (const words of ['run', 'check', 'dead-letter', 'Exit codes:', '3  another process is using the state folder'])
      expect(stdout).toContain(words);
  });
});

test.each([
  [['shipp'], "unknown command 'shipp'"],
  [['run', '--onse'], 'Did you mean --once?'],
  [['run', 'now'], 'too many arguments'],
  [['run', '--log-format', 'xml'], 'Allowed choices are ecs, pretty'],
  [['simulate', '--port', 'http'], 'A whole number is needed'],
  [['simulate', '--port', '70000'], 'at most 65535'],
  [['simulate', '--faults', '2'], 'A number from 0 to 1 is needed'],
])('%j is a wrong command line: exit code 2, and what is wrong with it', async (args, words) => {
  const end = await run(args);
  expect(end).toMatchObject({ code: 2, stdout: '' });
  expect(end.stderr).toContain(words);
  expect(end.stderr).not.toMatch(STACK_TRACE);
});

describe('simulate', () => {
  test('prints exports that work as they are', async () => {
    const simulator = start(['simulate', '--port', '0', '--events', '50']);
    let stdout = '';
    simulator.child.stdout?.on('data', (text: string) => {
      stdout += text;
    });
    await until('it prints the exports', () => stdout.includes('ATLASSIAN_API_KEY'));
    const exported = [...stdout.matchAll(/export (\w+)=(.*)/g)].map(([, name = '', value = '']) => [name, value]);
    const env = { ...Object.fromEntries(exported), SHIPPER_FILE_PATH: '-', SHIPPER_LOOKBACK: '7d' };
    expect(await run(['check'], env)).toMatchObject({ code: 0 });
    const shipped = await run(['run', '--once'], { ...env, SHIPPER_STATE_DIR: tempFolder() });
    expect(linesOfJson(shipped.stdout)).toHaveLength(50);
    simulator.child.kill('SIGINT');
    expect(await simulator.ended).toMatchObject({ code: 0, stderr: '' });
  });

  test('on another address says what the shipper takes to go there', async () => {
    const simulator = start(['simulate', '--host', '0.0.0.0', '--port', '0', '--events', '50']);
    let stdout = '';
    simulator.child.stdout?.on('data', (text: string) => {
      stdout += text;
    });
    await until('it prints the exports', () => stdout.includes('ATLASSIAN_API_KEY'));
    expect(stdout).toMatch(/ATLASSIAN_API_URL=http:\/\/0\.0\.0\.0:\d+\n {2}export ATLASSIAN_ALLOW_PLAIN_HTTP=true\n/);
    const exported = [...stdout.matchAll(/export (\w+)=(.*)/g)].map(([, name = '', value = '']) => [name, value]);
    const env = { ...Object.fromEntries(exported), SHIPPER_FILE_PATH: '-', SHIPPER_STATE_DIR: tempFolder() };
    const { ATLASSIAN_ALLOW_PLAIN_HTTP: _, ...unwilling } = env;
    expect(await run(['run', '--once'], unwilling)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('ATLASSIAN_API_URL: must be https'),
    });
    const shipped = await run(['run', '--once'], { ...env, SHIPPER_LOOKBACK: '7d' });
    expect(linesOfJson(shipped.stdout)).toHaveLength(50);
    expect(shipped.stderr).toContain('The key of Atlassian travels unprotected');
  });

  test('says which port is taken', async () => {
    await using server = await startTinyServer(() => {});
    const { port } = new URL(server.url);
    const end = await run(['simulate', '--port', port]);
    expect(end.code).toBe(1);
    expect(end.stderr).toContain(`address already in use 127.0.0.1:${port}`);
    expect(end.stderr).not.toMatch(STACK_TRACE);
  });
});

describe('demo', () => {
  test('works twice in the same folder, and its summary is counted from the file', async () => {
    const dir = join(tempFolder(), 'shown');
    for (const [turn, events] of [5_000, 1_000].entries()) {
      const end = await run(['demo', '--dir', dir, '--events', String(events), '--seed', String(turn + 1)]);
      expect(end).toMatchObject({ code: 0, stderr: '' });
      const documents = linesOfJson(readFileSync(join(dir, 'audit.ndjson'), 'utf8'));
      expect(documents).toHaveLength(events);
      const count = events.toLocaleString('en-US');
      expect(end.stdout).toMatch(new RegExp(`Events read +${count} *\n +Documents written +${count} *\n`));
      expect(end.stdout).toMatch(/Missing, written twice +0, 0 *\n/);
      const viewed = documents.filter((document) => JSON.stringify(document).includes('"action":"jira_issue_viewed"'));
      expect(end.stdout).toMatch(new RegExp(`jira_issue_viewed +${viewed.length.toLocaleString('en-US')} `));
      expect(end.stdout).toContain('What next');
    }
  });

  test('removes nothing that no demo has made', async () => {
    const dir = tempFolder();
    const theirs = join(dir, 'audit.ndjson');
    writeFileSync(theirs, 'theirs\n');
    const end = await run(['demo', '--dir', dir]);
    expect(end.code).toBe(2);
    expect(end.stderr).toContain(`${theirs} is there, and no demo has made it. Name another folder with --dir.`);
    expect(readFileSync(theirs, 'utf8')).toBe('theirs\n');
  });

  test('ends in order when it is stopped', async () => {
    const dir = join(tempFolder(), 'shown');
    const demo = start(['demo', '--dir', dir, '--events', '20000']);
    await until('documents come', () => existsSync(join(dir, 'audit.ndjson')));
    demo.child.kill('SIGINT');
    const end = await demo.ended;
    expect(end.signal).toBe(null);
    expect(end.stderr).not.toMatch(STACK_TRACE);
  });
});

test('a reader that leaves early ends a command that prints without a stack trace', async () => {
  const line = JSON.stringify({ id: 'a', attributes: { time: '2026-06-01T00:00:00Z', action: 'page_viewed' } });
  const transform = start(['transform'], {}, `${line}\n`.repeat(50_000));
  transform.child.stdout?.once('data', () => transform.child.stdout?.destroy());
  // As `| head` does: nothing went wrong.
  expect(await transform.ended).toMatchObject({ code: 0, stderr: '' });
});
