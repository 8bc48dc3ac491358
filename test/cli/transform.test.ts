import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { at, linesOfJson, run } from '../helpers/commands.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

function event(id: string, name = 'a page') {
  return {
    id,
    type: 'events',
    attributes: {
      time: '2026-06-01T00:00:00Z',
      action: 'page_viewed',
      container: [{ id: 'c1', type: 'page', attributes: { name } }],
    },
  };
}

function ids(stdout: string) {
  return linesOfJson(stdout).map((document) => at(document, 'event', 'id'));
}

describe('transform', () => {
  test('takes events, lists and pages of the API, a line each, and leaves out blank lines', async () => {
    const lines = [event('a'), { data: [event('b'), event('c')], meta: { next: null } }, [event('d')]];
    const input = `${lines.map((line) => JSON.stringify(line)).join('\r\n\n')}\n  \n`;
    const end = await run(['transform'], {}, input);
    expect(end).toMatchObject({ code: 0, stderr: '' });
    expect(ids(end.stdout)).toEqual(['a', 'b', 'c', 'd']);
    expect(end.stdout.endsWith('\n')).toBe(true);
  });

  test('reports bad lines with their number, writes the good ones, and exits with 1', async () => {
    const page = { data: [event('b'), { id: 'no attributes' }] };
    const lines = [JSON.stringify(event('a')), '', '{"half":', JSON.stringify(page), '42', JSON.stringify(event('z'))];
    const end = await run(['transform'], {}, lines.join('\n'));
    expect(end.code).toBe(1);
    expect(ids(end.stdout)).toEqual(['a', 'b', 'z']);
    expect(end.stderr.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^line 3: not JSON/),
      expect.stringMatching(/^line 4: event 2: attributes\.time must be an ISO 8601 time, found nothing/),
      expect.stringMatching(/^line 5: event 1: the event must be an object, found a number/),
      '3 bad line(s). Each line is one event, or one page; of a formatted file: jq -c .',
    ]);
  });

  test('takes a very large line, and text with every kind of line separator in it', async () => {
    const large = { data: Array.from({ length: 20_000 }, (_, index) => event(`large-${index}`)) };
    const odd = event('odd', 'one\u2028two\u2029three\u0085four');
    const end = await run(['transform'], {}, `${JSON.stringify(large)}\n${JSON.stringify(odd)}`);
    expect(end).toMatchObject({ code: 0, stderr: '' });
    expect(ids(end.stdout)).toHaveLength(20_001);
    expect(end.stdout).toContain('one\u2028two\u2029three\u0085four');
  });

  test('ends quietly on empty input', async () => {
    expect(await run(['transform'])).toMatchObject({ code: 0, stdout: '', stderr: '' });
  });

  test('puts the organization and the namespace into the documents', async () => {
    const input = JSON.stringify(event('a'));
    const given = await run(['transform', '--org-id', 'mine', '--namespace', 'prod'], {}, input);
    expect(linesOfJson(given.stdout)[0]).toMatchObject({
      organization: { id: 'mine' },
      data_stream: { namespace: 'prod' },
    });
    const fromEnvironment = await run(['transform'], { ATLASSIAN_ORG_ID: 'theirs' }, input);
    expect(linesOfJson(fromEnvironment.stdout)[0]).toMatchObject({ organization: { id: 'theirs' } });
  });
});

describe('transform with a configuration', () => {
  function configured(organizations: readonly string[], rest = ''): string {
    const file = join(tempFolder(), 'config.yaml');
    const sources = organizations.map((id) => `{type: organization_audit, org_id: ${id}, api_key: a-long-enough-key}`);
    writeFileSync(file, `sources: [${sources.join(', ')}]\nexporters: {file: {path: out}}\n${rest}\n`);
    return file;
  }

  test('gives the documents that shipping would', async () => {
    const documents = 'documents: {tags: [a], labels: {b: c}, agent_name: d}';
    const file = configured(['mine'], `${documents}\nprivacy: {fields: {user.name: drop}}`);
    const named = event('a');
    const input = { ...named, attributes: { ...named.attributes, actor: { id: '712020:1', name: 'Ada Example' } } };
    const end = await run(['transform', '--config', file], {}, JSON.stringify(input));
    expect(end).toMatchObject({ code: 0, stderr: '' });
    expect(end.stdout).not.toContain('Ada');
    expect(linesOfJson(end.stdout)).toMatchObject([
      { organization: { id: 'mine' }, tags: ['a'], labels: { b: 'c' }, agent: { name: 'd' }, user: { id: '712020:1' } },
    ]);
  });

  test('asks whose events they are where it names several organizations', async () => {
    const file = configured(['one', 'two']);
    const end = await run(['transform', '--config', file], {}, JSON.stringify(event('a')));
    expect(end.code).toBe(2);
    expect(end.stderr).toContain('say with --org-id');
    const told = await run(['transform', '--config', file, '--org-id', 'two'], {}, JSON.stringify(event('a')));
    expect(linesOfJson(told.stdout)).toMatchObject([{ organization: { id: 'two' } }]);
  });
});
