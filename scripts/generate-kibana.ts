/**
 * Writes what is installed into Kibana: kibana/<type>/<id>.json. With `--check` it writes nothing and fails if one of
 * them is not what it would write, or is left over.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathOf, textOf } from './kibana/files.ts';
import { OBJECTS } from './kibana/objects.ts';

const FOLDER = 'kibana';

const check = process.argv.includes('--check');
const files = new Map(OBJECTS.map((object) => [pathOf(object), textOf(object)]));

for (const [path, text] of files)
  if (check) expectFresh(path, text);
  else write(path, text);

for (const path of present())
  if (!files.has(path)) {
    if (check) fail(`${path} is left over: npm run kibana`);
    else rmSync(path);
  }

function expectFresh(path: string, text: string): void {
  if (!existsSync(path) || readFileSync(path, 'utf8') !== text) fail(`${path} is not up to date: npm run kibana`);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** Nothing else is ours in that folder. */
function present(): readonly string[] {
  if (!existsSync(FOLDER)) return [];
  const names = readdirSync(FOLDER, { recursive: true }).map(String);
  return names.filter((name) => name.endsWith('.json')).map((name) => join(FOLDER, name));
}

function fail(message: string): void {
  console.error(message);
  process.exitCode = 1;
}
