import { readFileSync } from 'node:fs';
import type { OutgoingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Secret } from '../../src/core/secret.ts';
import { environmentOf, linesOfJson, run, start, startCloud, writeConfig } from '../helpers/commands.ts';
import type { ProcessEnd } from '../helpers/shipper-process.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { startTinyServer } from '../helpers/tiny-server.ts';
import { escapeHtml, tracesOf } from '../helpers/traces-of.ts';
import { until } from '../helpers/until.ts';

/** With every kind of character that a header carries and a URL, JSON or HTML spells in another way. */
const KEY = `ATATT3x+/=Q&"\\<z>%2B~k'9`;
/** What the configuration file holds: so that every file of the folder can be searched. */
const IN_FILE = new Secret(['$', '{KEY}'].join(''));
const DEBUG = { log: { level: 'debug' } };

function printed(what: string, { stdout, stderr }: ProcessEnd): Record<string, string> {
  return { [`${what}, stdout`]: stdout, [`${what}, stderr`]: stderr };
}

test('the search finds a key in every form', () => {
  const header = `Bearer ${KEY}`;
  const forms = [KEY, encodeURIComponent(header), JSON.stringify({ header }), escapeHtml(header)];
  const encoded = ['base64', 'base64url', 'hex'] as const;
  const more = encoded.flatMap((encoding) =>
    ['', 'x', 'xy', 'Bearer '].map((before) => Buffer.from(`${before}${KEY}`).toString(encoding)),
  );
  for (const text of [...forms, ...more]) expect(tracesOf(KEY, { text }), text).not.toEqual([]);
  expect(tracesOf(KEY, { text: 'ATATT3x' })).toEqual([]);
});

describe('the key never shows', () => {
  test('while all goes well, in no log line, state or output, however much is logged', async () => {
    const folder = tempFolder();
    const cloud = await startCloud({ apiKey: KEY, badEvents: 2 });
    const config = writeConfig(folder, [{ ...cloud, apiKey: IN_FILE }], DEBUG);
    const shipper = start(['run', '--config', config], { KEY });
    await until('all is served', () => cloud.served.events >= 1_200);
    const whileRunning = tracesOf(KEY, {}, folder);
    const texts: Record<string, string> = {};
    for (const command of ['state show', 'state show --json', 'dead-letter list', 'dead-letter list --json']) {
      Object.assign(texts, printed(command, await run([...command.split(' '), '--config', config])));
    }
    for (const command of ['check', 'config print', 'config validate']) {
      Object.assign(texts, printed(command, await run([...command.split(' '), '--config', config], { KEY })));
    }
    shipper.child.kill('SIGTERM');
    const end = await shipper.ended;
    expect(end).toMatchObject({ code: 0 });
    expect(whileRunning).toEqual([]);
    expect(tracesOf(KEY, { ...texts, ...printed('run', end) }, folder)).toEqual([]);
  });

  test.each(['unauthorized', 'forbidden'] as const)('when the key is %s', async (access) => {
    const folder = tempFolder();
    const cloud = await startCloud({ apiKey: KEY });
    cloud.setAccess(access);
    const env = environmentOf(cloud, folder);
    const texts = { ...printed('check', await run(['check'], env)), ...printed('run', await run(['run'], env)) };
    expect(tracesOf(KEY, texts, folder)).toEqual([]);
  });

  test('in a configuration with errors around it, or with the key in the wrong place', async () => {
    const good = { ATLASSIAN_ORG_ID: 'mine', ATLASSIAN_API_KEY: KEY, SHIPPER_FILE_PATH: '-' };
    const { ATLASSIAN_API_KEY: _, ...withoutKey } = good;
    const wrong = {
      'wrong values': { ...good, SHIPPER_LOOKBACK: 'yesterday', SHIPPER_REQUESTS_PER_MINUTE: 'all' },
      'nothing else': { ATLASSIAN_API_KEY: KEY },
      'the key given twice': { ...good, ATLASSIAN_API_KEY_FILE: '/dev/null' },
      'a key that no header carries': { ...good, ATLASSIAN_API_KEY: `${KEY} ${KEY}` },
      'the key in place of its file': { ...withoutKey, ATLASSIAN_API_KEY_FILE: KEY },
      'the key in place of the organization': { ...good, ATLASSIAN_ORG_ID: KEY },
      'the key in the address': { ...good, ATLASSIAN_API_URL: `https://me:${encodeURIComponent(KEY)}@example.com` },
      'the key in place of the address': { ...good, ATLASSIAN_API_URL: KEY },
      'the key in place of a duration': { ...good, SHIPPER_POLL_INTERVAL: KEY },
    };
    const texts: Record<string, string> = {};
    for (const [what, env] of Object.entries(wrong)) {
      const end = await run(['config', 'validate'], env);
      expect(end.code, what).toBe(2);
      Object.assign(texts, printed(what, end));
    }
    expect(tracesOf(KEY, texts)).toEqual([]);
  });

  test('in the stack trace of a bug', async () => {
    const folder = tempFolder();
    const cloud = await startCloud({ apiKey: KEY });
    const bug = 'URLSearchParams.prototype.toString = () => { throw new TypeError("as by a bug") }';
    const env = { ...environmentOf(cloud, folder), NODE_OPTIONS: `--import=data:text/javascript,${encodeURI(bug)}` };
    const end = await run(['run', '--once'], env);
    expect(end.code).toBe(1);
    expect(end.stderr).toMatch(/TypeError: as by a bug\\n\s+at /);
    expect(tracesOf(KEY, printed('run', end), folder)).toEqual([]);
  });
});

interface HostileAnswer {
  readonly status: number;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string;
}

/** By the name of the organization: what it makes of the header of the request. */
type Answers = Readonly<Record<string, (header: string) => HostileAnswer>>;

/** Ways to give the header back to whoever sent it. */
const echoes: Answers = {
  '401-json': (header) => ({ status: 401, body: errors('ADMIN-401-1', `Bad key in ${header}`) }),
  '403-message': (header) => ({ status: 403, body: JSON.stringify({ message: header }) }),
  '404-text': (header) => ({ status: 404, body: `No route for ${header}` }),
  '400-code': (header) => ({ status: 400, body: errors(header, header) }),
  '429-json': (header) => ({ status: 429, headers: { 'retry-after': '1' }, body: errors('ADMIN-429-1', header) }),
  '500-text': (header) => ({ status: 500, body: `authorization: ${header}` }),
  '502-url': (header) => ({ status: 502, body: `GET /?authorization=${encodeURIComponent(header)}` }),
  '200-html': (header) => ({ status: 200, body: `<h1>Log in</h1>${header}` }),
  '200-text': (header) => ({ status: 200, body: header }),
  '200-other': (header) => ({ status: 200, body: JSON.stringify({ header }) }),
  '302-path': (header) => ({ status: 302, headers: { location: `/login?${encodeURIComponent(header)}` } }),
  '302-user': (header) => ({
    status: 302,
    headers: { location: `https://${encodeURIComponent(header)}@login.example/` },
  }),
  'good-event': (header) => ({ status: 200, body: page({ id: 'good-event', attributes: attributes(header) }) }),
  'event-id': (header) => ({ status: 200, body: page({ id: header, attributes: attributes('it') }) }),
  'bad-event': (header) => ({ status: 200, body: page({ id: 'bad-event', attributes: { header } }) }),
  'bad-event-id': (header) => ({ status: 200, body: page({ id: header }) }),
  cursor: (header) => ({ status: 200, body: page({ id: 'cursor', attributes: attributes('it') }, header) }),
};

/** The same, as JSON, HTML or base64 may spell it. */
const spellings: Answers = {
  '500-html': (header) => ({ status: 500, body: `<h1>Error</h1><pre>${escapeHtml(header)}</pre>` }),
  '503-base64': (header) => ({ status: 503, body: Buffer.from(header).toString('base64') }),
  'escaped-event': (header) => ({
    status: 200,
    body: escapeUnicode(page({ id: 'escaped-event', attributes: attributes(header) })),
  }),
  'slashed-event': (header) => ({
    status: 200,
    body: page({ id: 'slashed-event', attributes: attributes(header) }).replaceAll('/', '\\/'),
  }),
  'escaped-error': (header) => ({ status: 403, body: escapeUnicode(errors('ADMIN-403-3', header)) }),
};

function errors(code: string, detail: string): string {
  return JSON.stringify({ errors: [{ id: '1', status: '400', code, title: 'Error', detail }] });
}

function attributes(name: string) {
  return {
    time: '2026-06-01T00:00:00Z',
    action: 'page_viewed',
    container: [{ id: 'c', type: 'page', attributes: { name } }],
  };
}

function page(event: object, next?: string): string {
  return JSON.stringify({ data: [event], meta: next === undefined ? {} : { next } });
}

/** JSON as some servers write it: everything but letters and digits within a text may be an escape. */
function escapeUnicode(json: string): string {
  return json.replace(/\\["\\]|[=+&<>']/g, (found) => {
    const character = found.at(-1) ?? '';
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** Runs `check` and `run` with one organization for each answer, and looks everywhere for the key. */
async function tracesAfter(answers: Answers, expected: { readonly documents: number; readonly deadLetters: number }) {
  const folder = tempFolder();
  const asked = new Set<string>();
  await using server = await startTinyServer((request, response) => {
    const organization = request.url?.split('/')[4] ?? '';
    asked.add(organization);
    const answer = answers[organization]?.(request.headers.authorization ?? '') ?? { status: 404 };
    response.writeHead(answer.status, answer.headers).end(answer.body ?? '');
  });
  const organizations = [
    ...Object.keys(answers).map((orgId) => ({ url: server.url, orgId, apiKey: IN_FILE })),
    // A TLS handshake with a server that knows none, and nobody at all.
    { url: server.url.replace('http:', 'https:'), orgId: 'no-tls', apiKey: IN_FILE },
    { url: 'http://127.0.0.1:1', orgId: 'nobody', apiKey: IN_FILE },
  ];
  const config = writeConfig(folder, organizations, DEBUG);
  const command = async (text: string, env = {}) =>
    printed(text, await run([...text.split(' '), '--config', config], env));

  const texts = await command('check', { KEY });
  asked.clear();
  const shipper = start(['run', '--config', config], { KEY });
  await until('every organization is asked', () => asked.size === Object.keys(answers).length);
  await until('all is settled', async () => {
    const { stdout } = await run(['dead-letter', 'list', '--json', '--config', config]);
    return linesOfJson(stdout).length === expected.deadLetters && documentsIn(folder) === expected.documents;
  });
  const whileRunning = tracesOf(KEY, {}, folder);
  shipper.child.kill('SIGTERM');
  Object.assign(texts, printed('run', await shipper.ended));
  for (const text of ['state show --json', 'dead-letter list', 'dead-letter list --json'])
    Object.assign(texts, await command(text));
  expect(JSON.stringify(texts)).toContain('[secret]');
  return [...whileRunning, ...tracesOf(KEY, texts, folder)];
}

function documentsIn(folder: string): number {
  return readFileSync(join(folder, 'out', 'audit.ndjson'), 'utf8').split('\n').length - 1;
}

describe('the key never shows, whatever a server does with it', () => {
  test('as it is, in JSON or in a URL: not in what is printed, in the state, or in the documents', async () => {
    expect(await tracesAfter(echoes, { documents: 3, deadLetters: 2 })).toEqual([]);
  });

  test('spelled in other ways', async () => {
    expect(await tracesAfter(spellings, { documents: 2, deadLetters: 0 })).toEqual([]);
  });
});
