import { Buffer } from 'node:buffer';
import { createPrivateKey, X509Certificate } from 'node:crypto';
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
  /** Reads the files again; what can't be used stays as it was. */
  reread(): void;
  /** Masks every secret that there has been. */
  scrub(text: string): string;
}

type Files = Pick<OtlpConnectionConfig, 'caFile' | 'clientCertificateFile' | 'clientKeyFile'>;

/** So many of the last are masked; a server has no reason to repeat older ones. */
const MOST_SECRETS = 100;

/** Throws a `ConfigError` if a file can't be used. */
export function createAccess(files: Files, readHeaders: ReadHeaders): Access {
  const secrets = new Map<string, Secret>();
  let tls = readTls(files);
  let headers: Readonly<Record<string, string>> = {};

  function take(found: ReadonlyMap<string, Secret> | undefined): void {
    if (found === undefined) return;
    headers = revealed(found);
    for (const secret of [...found.values()].flatMap(withParts)) secrets.set(secret.reveal(), secret);
    for (const oldest of [...secrets.keys()].slice(0, -MOST_SECRETS)) secrets.delete(oldest);
  }

  take(readHeaders());
  return {
    headers: () => headers,
    tls: () => tls,
    reread() {
      tls = rereadTls(files) ?? tls;
      take(readHeaders());
    },
    scrub: (text) => [...secrets.values()].reduce((clean, secret) => secret.scrub(clean), text),
  };
}

/** Names of schemes and the like are in every text. */
const SHORTEST_PART = 8;

/** A server may repeat a part of it: the key of "Bearer key", one of several cookies, what "Basic" and "ApiKey" have encoded. */
function withParts(secret: Secret): Secret[] {
  const parts = partsOf(secret.reveal());
  const decoded = parts.map((part) => Buffer.from(part, 'base64').toString('utf8')).filter(isNameAndPassword);
  const further = [...parts, ...decoded, ...decoded.flatMap(partsOf)].filter((text) => text.length >= SHORTEST_PART);
  return [secret, ...further.map((text) => new Secret(text))];
}

/** Cut at what separates, and, since keys may hold such characters, at blanks alone too. */
function partsOf(text: string): string[] {
  return [...text.split(/\s+/), ...text.split(/[\s,;:="']+/), text.slice(text.indexOf(':') + 1)];
}

function isNameAndPassword(text: string): boolean {
  return /^[^\p{Cc}\uFFFD:]+:[^\p{Cc}\uFFFD]+$/u.test(text);
}

function revealed(headers: ReadonlyMap<string, Secret>): Record<string, string> {
  return Object.fromEntries([...headers].map(([name, value]) => [name, value.reveal()]));
}

function readTls(files: Files): TlsMaterial {
  const { caFile, clientCertificateFile, clientKeyFile } = files;
  const ca = caFile && readPem(caFile, 'ca_file', certificateIn);
  const cert = clientCertificateFile && readPem(clientCertificateFile, 'client_certificate_file', certificateIn);
  const key = clientKeyFile && readPem(clientKeyFile, 'client_key_file', createPrivateKey);
  if (cert && key && !certificateIn(cert).checkPrivateKey(createPrivateKey(key)))
    throw new ConfigError(
      `${clientKeyFile} is not the key of the certificate in ${clientCertificateFile}. Check exporters.otlp.client_key_file.`,
    );
  return { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) };
}

function certificateIn(pem: string): X509Certificate {
  return new X509Certificate(pem);
}

function rereadTls(files: Files): TlsMaterial | undefined {
  try {
    return readTls(files);
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}

/** Now rather than at the first connection, where what is wrong with a file can't be told from what is wrong with a server. */
function readPem(file: string, key: string, look: (pem: string) => unknown): string {
  const where = `Check exporters.otlp.${key}.`;
  let pem: string;
  try {
    pem = readFileSync(file, 'utf8');
  } catch (error) {
    const why = errorCode(error) ?? 'unknown error';
    throw new ConfigError(`The file ${file} of the OTLP receiver can't be read (${why}). ${where}`, { cause: error });
  }
  try {
    look(pem);
    return pem;
  } catch (error) {
    const wanted = key === 'client_key_file' ? 'a key in PEM without a passphrase' : 'a certificate in PEM';
    throw new ConfigError(`The file ${file} does not hold ${wanted}. ${where}`, { cause: error });
  }
}
