/**
 * Writes what is installed into Elasticsearch: mappings/ and pipelines/, and the hash of it to scripts/assets/versions.json.
 * With `--check` it writes nothing and fails if one of them is not what it would write.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { assets, hashOf } from './assets/assets.ts';
import { ASSETS_VERSION } from './assets/version.ts';
import { recordedVersions, versionProblem } from './assets/versions.ts';

const check = process.argv.includes('--check');
const files = assets();
const hash = hashOf(files);
const recorded = recordedVersions();
// What a version holds is recorded once, and never again.
const versions = check ? recorded : { [ASSETS_VERSION]: hash, ...recorded };

const problem = versionProblem(hash, versions);
if (problem !== undefined) fail(problem);
else if (check) for (const [path, text] of files) expectFresh(path, text);
else {
  for (const [path, text] of files) write(path, text);
  write('scripts/assets/versions.json', `${JSON.stringify(versions, null, 2)}\n`);
}

function expectFresh(path: string, text: string): void {
  if (!existsSync(path) || readFileSync(path, 'utf8') !== text) fail(`${path} is not up to date: npm run assets`);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function fail(message: string): void {
  console.error(message);
  process.exitCode = 1;
}
