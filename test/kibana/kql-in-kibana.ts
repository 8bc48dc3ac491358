import { isJsonObject, type JsonObject, parseJson } from '../../src/core/json.ts';
import { kqlToQuery } from './kql.ts';

/** Stands for an asterisk that begins a word, in a form that the parser of the tests takes for a letter. */
const STAND_IN = '\uE000';

/** As Kibana reads it unless somebody forbids it (`query:allowLeadingWildcards`): a word may begin with an asterisk. */
export function kibanaQuery(text: string): JsonObject {
  const query = kqlToQuery(text.replaceAll(/(?<=[\s(])\*(?=\w)/g, STAND_IN));
  const restored = parseJson(JSON.stringify(query).replaceAll(STAND_IN, '*'));
  if (!isJsonObject(restored)) throw new Error('a query is an object');
  return restored;
}
