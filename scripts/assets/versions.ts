import { readFileSync } from 'node:fs';
import { isJsonObject, parseJson } from '../../src/core/json.ts';
import { ASSETS_VERSION } from './version.ts';

const FILE = new URL('./versions.json', import.meta.url);

/** What the versions of the assets held, each by its hash. */
export function recordedVersions(): Readonly<Record<string, string>> {
  const recorded = parseJson(readFileSync(FILE, 'utf8'));
  if (!isJsonObject(recorded)) throw new Error('versions.json is no object');
  return Object.fromEntries(Object.entries(recorded).map(([version, hash]) => [version, String(hash)]));
}

/** Why the assets may not be what they are now, `undefined` if they may. */
export function versionProblem(hash: string, recorded = recordedVersions()): string | undefined {
  const newest = Math.max(0, ...Object.keys(recorded).map(Number));
  if (ASSETS_VERSION < newest) return `ASSETS_VERSION is ${ASSETS_VERSION}, but there was a version ${newest}.`;
  const before = recorded[ASSETS_VERSION];
  if (before === hash) return undefined;
  if (before === undefined) return `Version ${ASSETS_VERSION} of the assets is not recorded: npm run assets`;
  return (
    `The assets have changed, but their version is still ${ASSETS_VERSION}: an installed version ${ASSETS_VERSION} would be ` +
    'taken for this one. Raise ASSETS_VERSION in scripts/assets/version.ts, then npm run assets.'
  );
}
