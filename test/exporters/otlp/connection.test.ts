import { generateKeyPairSync } from 'node:crypto';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, RequestListener } from 'node:http';
import { createSecureServer } from 'node:http2';
import { createServer as createHttpsServer, type ServerOptions } from 'node:https';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readOtlpHeaders } from '../../../src/config/otlp-headers.ts';
import type { DocumentOutcome, Exporter } from '../../../src/core/exporter.ts';
import { Secret } from '../../../src/core/secret.ts';
import { outgoingOf } from '../../helpers/documents.ts';
import { makeOwnCa, type OwnCa } from '../../helpers/own-ca.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';
import { startTinyServer } from '../../helpers/tiny-server.ts';
import { tracesOf } from '../../helpers/traces-of.ts';
import { AUTHORIZATION, otlpExporter } from './harness.ts';

const never = new AbortController().signal;

async function exportOne(exporter: Exporter): Promise<DocumentOutcome> {
  const [outcome] = await exporter.export([outgoingOf('a')], never);
  if (outcome === undefined) throw new Error('no outcome');
  return outcome;
}

const OTLP = { 'content-type': 'application/json' };
const accept: RequestListener = (_, response) => void response.writeHead(200, OTLP).end('{}');

async function startHttps({ key, chain }: OwnCa, more: ServerOptions = {}, listener = accept): Promise<string> {
  const server = createHttpsServer({ key, cert: chain, ...more }, listener);
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `https://127.0.0.1:${portOf(server.address())}`;
}

function portOf(address: AddressInfo | string | null): number {
  if (typeof address !== 'object' || address === null) throw new Error('no address');
  return address.port;
}

describe('TLS', () => {
  test('a certificate of an unknown CA is not trusted, and the way out is named; with ca_file it is', async () => {
    const ca = makeOwnCa(tempFolder());
    const endpoint = await startHttps(ca);
    const outcome = await exportOne(otlpExporter({ endpoint }).exporter);
    expect(outcome).toMatchObject({
      kind: 'retryable',
      problem: { code: 'unreachable', remedy: expect.stringContaining('ca_file') },
    });
    expect(await exportOne(otlpExporter({ endpoint, ca_file: ca.caFile }).exporter)).toEqual({ kind: 'delivered' });
  });

  test('a receiver that wants to know its clients gets their certificate', async () => {
    const ca = makeOwnCa(tempFolder());
    const endpoint = await startHttps(ca, { requestCert: true, ca: readFileSync(ca.caFile), rejectUnauthorized: true });
    const folder = tempFolder();
    const [certificate, key] = [join(folder, 'client.crt'), join(folder, 'client.key')];
    writeFileSync(certificate, ca.chain);
    writeFileSync(key, ca.key);
    const settings = { endpoint, ca_file: ca.caFile };
    expect(await exportOne(otlpExporter(settings).exporter)).toMatchObject({ kind: 'retryable' });
    const files = { client_certificate_file: certificate, client_key_file: key };
    expect(await exportOne(otlpExporter({ ...settings, ...files }).exporter)).toEqual({ kind: 'delivered' });
  });

  test('a CA that is replaced while running counts from the next request on', async () => {
    const [old, current] = [makeOwnCa(tempFolder()), makeOwnCa(tempFolder())];
    const file = join(tempFolder(), 'ca.crt');
    copyFileSync(old.caFile, file);
    const { exporter } = otlpExporter({ endpoint: await startHttps(current), ca_file: file });
    expect(await exportOne(exporter)).toMatchObject({ kind: 'retryable', problem: { code: 'unreachable' } });
    copyFileSync(current.caFile, file);
    expect(await exportOne(exporter)).toEqual({ kind: 'delivered' });
    await exporter.close();
  });

  test('HTTP/2 is not spoken: of a stream that is reset nobody could tell how much of the answer was missing', async () => {
    const ca = makeOwnCa(tempFolder());
    const versions: string[] = [];
    const server = createSecureServer({ key: ca.key, cert: ca.chain, allowHTTP1: true }, (request, response) => {
      versions.push(request.httpVersion);
      response.writeHead(200, OTLP).end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const endpoint = `https://127.0.0.1:${portOf(server.address())}`;
    const { exporter } = otlpExporter({ endpoint, ca_file: ca.caFile });
    expect(await exportOne(exporter)).toEqual({ kind: 'delivered' });
    await exporter.close();
    expect(versions).toEqual(['1.1']);
  });

  test('files that can not be used are an error at once, which names the setting', () => {
    const [ca, other] = [makeOwnCa(tempFolder()), makeOwnCa(tempFolder())];
    const folder = tempFolder();
    const file = (name: string, content: string) => {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    };
    const certificate = file('client.crt', ca.chain);
    const garbage = file('garbage', 'no PEM at all');
    const encrypted = generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' },
    }).privateKey;
    const pair = (key: string, cert = certificate) => ({ client_certificate_file: cert, client_key_file: key });
    const cases: [object, string][] = [
      [{ ca_file: garbage }, 'does not hold a certificate in PEM. Check exporters.otlp.ca_file.'],
      [{ ca_file: file('empty', '') }, 'does not hold a certificate in PEM'],
      [pair(garbage), 'does not hold a key in PEM without a passphrase. Check exporters.otlp.client_key_file.'],
      [pair(file('encrypted.key', encrypted)), 'does not hold a key in PEM without a passphrase'],
      [pair(file('its.key', ca.key), garbage), 'Check exporters.otlp.client_certificate_file.'],
      [pair(file('other.key', other.key)), 'is not the key of the certificate'],
    ];
    for (const [settings, message] of cases) expect(() => otlpExporter(settings)).toThrow(message);
  });

  test('a file that is not there is an error that names it and its key', () => {
    expect(() => otlpExporter({ client_key_file: '/none', client_certificate_file: '/no.crt' })).toThrow(
      "/no.crt of the OTLP receiver can't be read (ENOENT). Check exporters.otlp.client_certificate_file.",
    );
  });
});

describe('headers', () => {
  test('go with every request, beside those of the exporter', async () => {
    await using server = await startTinyServer(accept);
    const { exporter } = otlpExporter({ endpoint: `${server.url}/base/`, compression: 'gzip' });
    await exportOne(exporter);
    await exporter.check(never);
    for (const { url, method, headers } of server.requests) {
      expect([method, url]).toEqual(['POST', '/base/v1/logs']);
      expect(headers).toMatchObject({
        authorization: AUTHORIZATION,
        'content-type': 'application/x-protobuf',
        'content-encoding': 'gzip',
        'user-agent': 'atlassian-shipper/1.2.3',
      });
    }
  });

  test.each([401, 403])('after a %i their file is read again, and a record goes once', async (status) => {
    const folder = tempFolder();
    const file = join(folder, 'headers');
    writeFileSync(file, 'x-key=the-old-key');
    const isNew = ({ headers }: IncomingMessage) => headers['x-key'] === 'the new key';
    await using server = await startTinyServer((request, response) =>
      response.writeHead(isNew(request) ? 200 : status, OTLP).end('{}'),
    );
    const headers = () => readOtlpHeaders({ headers_file: file }).headers;
    const { exporter } = otlpExporter({ endpoint: server.url }, { headers });
    expect(await exportOne(exporter)).toMatchObject({ kind: 'retryable' });
    writeFileSync(file, 'x-key=the%20new%20key\n');
    expect(await exportOne(exporter)).toEqual({ kind: 'delivered' });
    expect(server.requests).toHaveLength(3);
  });

  const SECRETS = {
    bearer: ['Bearer a/strange+key=with&signs', 'a/strange+key=with&signs'],
    basic: [`Basic ${Buffer.from('me:pass word/1').toString('base64')}`, 'pass word/1'],
    apiKey: [`ApiKey ${Buffer.from('id123:secret/456').toString('base64')}`, 'secret/456'],
    umlauts: [`Basic ${Buffer.from('me:pässwört-1').toString('base64')}`, 'pässwört-1'],
    cookie: ['theme=dark; session=0123456789abc', '0123456789abc'],
    quoted: ['Token token="0123456789abc"', '0123456789abc'],
    pair: ['ApiKey id:0123456789abc', '0123456789abc'],
  } as const;

  test.each(Object.entries(SECRETS))(
    'are in no message, whatever the receiver repeats: %s',
    async (_, [value, secret]) => {
      const echoes = [400, 401, 404, 500, 503].flatMap((status) => [
        { status, type: 'application/json', body: JSON.stringify({ message: `${value} ${secret}` }) },
        {
          status,
          type: 'text/plain',
          body: `${secret} ${Buffer.from(secret).toString('base64')} ${encodeURIComponent(secret)}`,
        },
        {
          status: 200,
          type: 'application/json',
          body: JSON.stringify({ partialSuccess: { rejectedLogRecords: 1, errorMessage: value } }),
        },
        { status: 200, type: 'application/json', body: JSON.stringify({ partialSuccess: { errorMessage: secret } }) },
      ]);
      const said: unknown[] = [];
      for (const { status, type, body } of echoes) {
        await using server = await startTinyServer((_request, response) =>
          response.writeHead(status, { 'content-type': type }).end(body),
        );
        const headers = () => new Map([['authorization', new Secret(value)]]);
        const { exporter, logged } = otlpExporter({ endpoint: server.url, refuse_after: '0s' }, { headers });
        said.push(await exportOne(exporter), await exporter.check(never), logged);
      }
      expect(JSON.stringify(said)).toContain('[secret]');
      for (const one of [value, secret]) expect(tracesOf(one, { said: JSON.stringify(said) })).toEqual([]);
    },
  );
});

test('a secret that would be cut in two is masked before', async () => {
  const key = AUTHORIZATION.slice('Bearer '.length);
  await using server = await startTinyServer((_, response) =>
    response.writeHead(503, OTLP).end(JSON.stringify({ message: `${'-'.repeat(1_995)}${key}` })),
  );
  const outcome = await exportOne(otlpExporter({ endpoint: server.url }).exporter);
  expect(JSON.stringify(outcome)).not.toContain(key.slice(0, 5));
});

test('what a receiver says is kept to two thousand characters, also with a record that is refused', async () => {
  const errorMessage = 'no '.repeat(1_000_000);
  await using server = await startTinyServer((_, response) =>
    response.writeHead(200, OTLP).end(JSON.stringify({ partialSuccess: { rejectedLogRecords: 1, errorMessage } })),
  );
  const outcome = await exportOne(otlpExporter({ endpoint: server.url }).exporter);
  expect(outcome.kind === 'refused' && outcome.reason.length).toBe(2_000);
});

test('control characters of a receiver steer no terminal', async () => {
  await using server = await startTinyServer((_, response) =>
    response.writeHead(503, { 'content-type': 'text/plain' }).end('\u001b[2Jgone\u0007'),
  );
  const outcome = await exportOne(otlpExporter({ endpoint: server.url }).exporter);
  expect(outcome.kind === 'retryable' && outcome.problem.message).toBe(
    "The OTLP receiver can't serve the request (503): [2Jgone.",
  );
});

test('at the port for gRPC, the way out is named', async () => {
  const server = createTcpServer((socket) => {
    socket.on('error', () => {});
    // SETTINGS of HTTP/2, with which a gRPC server begins.
    socket.end(Buffer.from([0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 5, 0, 0, 64, 0]));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const outcome = await exportOne(otlpExporter({ endpoint: `http://127.0.0.1:${portOf(server.address())}` }).exporter);
  expect(outcome).toMatchObject({
    problem: { code: 'unreachable', remedy: expect.stringContaining('4318, not 4317') },
  });
});

test('nobody there: the receiver knows nothing of the record, so that no repeat is counted', async () => {
  const { exporter, metrics } = otlpExporter({ endpoint: 'http://127.0.0.1:1' });
  expect(await exportOne(exporter)).toMatchObject({ kind: 'retryable', answerLost: false });
  expect(metrics.total('shipper_records_repeated_total')).toBe(0);
});
