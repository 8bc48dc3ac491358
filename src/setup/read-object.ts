import { readFileSync } from 'node:fs';
import { ConfigError, errorMessage } from '../core/errors.ts';
import { isJsonObject, type JsonObject, parseJson } from '../core/json.ts';

/** The JSON object that a file holds. Throws a `ConfigError` that names the file. */
export function readObject(file: string): JsonObject {
  try {
    const body = parseJson(readFileSync(file, 'utf8'));
    if (isJsonObject(body)) return body;
  } catch (error) {
    throw new ConfigError(`${file} can't be read as JSON (${errorMessage(error)}).`, { cause: error });
  }
  throw new ConfigError(`${file} holds no JSON object.`);
}
