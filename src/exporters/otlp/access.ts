import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { ConfigError, errorCode } from '../../core/errors.ts';
import { Secret } from '../../core/secret.ts';
import type { TlsMaterial } from '../../http/transport.ts';
import type { OtlpConnectionConfig } from './config.ts';

/** Headers that open the receiver, by name; `undefined` if the file that holds them can't be used. */
export type ReadHeaders = () => ReadonlyMap<string, Secret> | undefined;

/** What it takes to get in, as it is now: files that hold it change. */
export interface Access {
  headers(): Readonly<Record<string, string>>;
  tls(): TlsMaterial;
  /** Reads the files again; what can't be read stays as it was. True if something has changed. */
  reread(): boolean;
  /** Masks every secret that there has been. */
  scrub(text: string): string;
}

type Files = Pick<OtlpConnectionConfig, 'caFile' | 'clientCertificateFile' | 'clientKeyFile'>;

/** Throws a `ConfigError` if a file can't be read. */
export function createAccess(files: Files, readHeaders: ReadHeaders): Access {
  const secrets = new Map<string, Secret>();
  let tls = readTls(files);
  let headers = new Map<string, Secret>();

  function take(found: ReadonlyMap<string, Secret> | undefined): boolean {
    if (found === undefined || same(revealed(found), revealed(headers))) return false;
    headers = new Map(found);
    for (const secret of [...found.values()].flatMap(withParts)) secrets.set(secret.reveal(), secret);
    return true;
  }

  take(readHeaders());
  return {
    headers: () => revealed(headers),
    tls: () => tls,
    reread() {
      const renewed = rereadTls(files) ?? tls;
      const isNew = !same(renewed, tls);
      tls = renewed;
      return take(readHeaders()) || isNew;
    },
    scrub: (text) => [...secrets.values()].reduce((clean, secret) => secret.scrub(clean), text),
  };
}

/** A server may repeat a part of it: the key of "Bearer key", or of "Basic" and "ApiKey" what is encoded there. */
function withParts(secret: Secret): Secret[] {
  const parts = secret.reveal().split(/\s+/);
  const decoded = parts.map((part) => Buffer.from(part, 'base64').toString('utf8')).filter(isNameAndPassword);
  const passwords = decoded.map((pair) => pair.slice(pair.indexOf(':') + 1));
  return [
    secret,
    ...[...parts, ...decoded, ...passwords].filter((text) => text !== '').map((text) => new Secret(text)),
  ];
}

function isNameAndPassword(text: string): boolean {
  return /^[\x20-\x7e]+:[\x20-\x7e]+$/.test(text);
}

function revealed(headers: ReadonlyMap<string, Secret>): Record<string, string> {
  return Object.fromEntries([...headers].map(([name, value]) => [name, value.reveal()]));
}

function same(one: object, other: object): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function readTls({ caFile, clientCertificateFile, clientKeyFile }: Files): TlsMaterial {
  return {
    ...(caFile !== undefined && { ca: readPem(caFile, 'ca_file') }),
    ...(clientCertificateFile !== undefined && { cert: readPem(clientCertificateFile, 'client_certificate_file') }),
    ...(clientKeyFile !== undefined && { key: readPem(clientKeyFile, 'client_key_file') }),
  };
}

function rereadTls(files: Files): TlsMaterial | undefined {
  try {
    return readTls(files);
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}

function readPem(file: string, key: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigError(
      `The file ${file} of the OTLP receiver can't be read (${errorCode(error) ?? 'unknown error'}). Check exporters.otlp.${key}.`,
      { cause: error },
    );
  }
}
