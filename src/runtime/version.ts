import { readFileSync } from 'node:fs';
import { isJsonObject, parseJson } from '../core/json.ts';

/** The version in package.json, which lies two folders up from the sources and from `dist` alike. */
export function readVersion(): string {
  const manifest = parseJson(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const version = isJsonObject(manifest) ? manifest['version'] : undefined;
  return typeof version === 'string' ? version : 'unknown';
}
