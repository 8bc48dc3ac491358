import { isJsonObject, type JsonObject, parseJson, stringifyJson } from '../../core/json.ts';
import { type Item, isRule } from './content.ts';
import { decodeObject, encodeObject } from './encode.ts';

/** A file for *Saved Objects > Import*: everything but rules. */
export function savedObjectsNdjson(items: readonly Item[]): string {
  return toNdjson(items.filter((item) => !isRule(item)).map(({ body }) => encodeObject(body)));
}

/** A file for *Rules > Import*. */
export function rulesNdjson(items: readonly Item[]): string {
  return toNdjson(items.filter(isRule).map(({ body }) => importableRule(body)));
}

/** Without what only Kibana can say of a rule; switched on by a person and not by a file. */
export function importableRule({ id: _id, immutable: _immutable, ...rule }: JsonObject): JsonObject {
  return { enabled: false, ...rule };
}

function toNdjson(lines: readonly JsonObject[]): string {
  return lines.map((line) => `${stringifyJson(line)}\n`).join('');
}

/** The objects of such a file, decoded. Throws a `SyntaxError` on a line that is no JSON object. */
export function readNdjson(text: string): readonly JsonObject[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const object = parseJson(line);
      if (!isJsonObject(object)) throw new SyntaxError('a line is no object');
      return decodeObject(object);
    });
}
