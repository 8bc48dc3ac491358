import { readFileSync } from 'node:fs';
import { errorCode } from '../core/errors.ts';
import { isJsonObject, type JsonValue, memberOf } from '../core/json.ts';
import { Secret } from '../core/secret.ts';
import { isOwnHeader, type OtlpSettings } from '../exporters/otlp/config.ts';
import type { ConfigIssue } from './issues.ts';
import { readKeyValues } from './key-values.ts';
import { hidden } from './secret.ts';

export interface HeadersOutcome {
  /** By lower-case name; `undefined` if one of them, or their file, can't be used. */
  readonly headers: ReadonlyMap<string, Secret> | undefined;
  readonly issues: readonly ConfigIssue[];
}

const OTLP = ['exporters', 'otlp'] as const;

/** What an HTTP header can carry: RFC 9110, 5.5, without what nobody means. */
const VALUE = /^[\x20-\x7e]+$/;
const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** The headers that open an OTLP receiver, by what was written: values, or a file that holds them. Messages never show one. */
export function readOtlpHeaders(settings: JsonValue | undefined): HeadersOutcome {
  const headers = memberOf(settings, 'headers');
  const file = memberOf(settings, 'headers_file');
  if (typeof file === 'string') return fromFile(file);
  return isJsonObject(headers) ? checked('headers', Object.entries(headers)) : { headers: new Map(), issues: [] };
}

function fromFile(file: string): HeadersOutcome {
  try {
    const pairs = readKeyValues(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
    if (pairs !== undefined && pairs.size > 0) return checked('headers_file', [...pairs]);
    return wrong('headers_file', 'must name a file with headers: name=value, percent-encoded, one a line');
  } catch (error) {
    return wrong('headers_file', `can't be read (${errorCode(error) ?? 'unknown error'})`);
  }
}

function checked(
  key: 'headers' | 'headers_file',
  pairs: readonly (readonly [name: string, value: JsonValue | undefined])[],
): HeadersOutcome {
  const headers = new Map<string, Secret>();
  const issues: ConfigIssue[] = [];
  // One that stands in the configuration has a place of its own there.
  const complain = (name: string, message: string) =>
    void issues.push({ path: key === 'headers' ? [...OTLP, key, name] : [...OTLP, key], message });
  for (const [name, value] of pairs) {
    // The schema's to say.
    if (typeof value !== 'string') continue;
    const text = value.trim();
    // Without the name, which may be the secret.
    if (!NAME.test(name)) issues.push({ path: [...OTLP, key], message: 'has a name that no header has' });
    else if (isOwnHeader(name)) complain(name, `${name} is a header that the exporter sets itself: leave it out`);
    else if (headers.has(name.toLowerCase()))
      complain(name, `${name} is given twice: in names of headers upper and lower case are the same`);
    else if (!VALUE.test(text)) complain(name, `${name} has no value, or one with characters that no header has`);
    else headers.set(name.toLowerCase(), new Secret(text));
  }
  return { headers: issues.length > 0 ? undefined : headers, issues };
}

function wrong(key: string, message: string): HeadersOutcome {
  return { headers: undefined, issues: [{ path: [...OTLP, key], message }] };
}

/** Settings get logged and printed. */
export function withoutOtlpSecrets(settings: OtlpSettings): OtlpSettings {
  const { headers } = settings;
  if (headers === undefined) return settings;
  return {
    ...settings,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, hidden(value)])),
  };
}
