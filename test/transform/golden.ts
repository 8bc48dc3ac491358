import { readdirSync, readFileSync } from 'node:fs';
import { type JsonValue, parseJson } from '../../src/core/json.ts';

const FOLDER = new URL('../golden/', import.meta.url);
const INPUT = '.input.json';

export type Golden = { readonly name: string; readonly input: JsonValue; readonly expected: JsonValue };

export function goldens(): readonly Golden[] {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith(INPUT));
  return names.map((file) => {
    const name = file.slice(0, -INPUT.length);
    return { name, input: read(file), expected: read(`${name}.expected.json`) };
  });
}

function read(file: string): JsonValue {
  return parseJson(readFileSync(new URL(file, FOLDER), 'utf8'));
}
