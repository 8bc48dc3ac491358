import { type Document, documentFields } from '../core/document.ts';
import { type JsonValue, memberOf, textsIn } from '../core/json.ts';
import type { DocumentSummary } from '../server/api.ts';

const LONGEST_MESSAGE = 500;

/** What a person wants to see of a document in a line of a table. */
export function summaryOf(document: Document): DocumentSummary {
  const fields = documentFields(document);
  const at = (...path: readonly string[]) => path.reduce<JsonValue | undefined>(memberOf, fields);
  const text = (...path: readonly string[]) => textsIn(listOf(at(...path))).join(', ');
  const first = (...paths: readonly (readonly string[])[]) => paths.map((path) => text(...path)).find(Boolean) ?? '';
  const atMs = Date.parse(text('@timestamp'));
  return {
    id: document.id,
    atMs: Number.isNaN(atMs) ? null : atMs,
    category: textsIn(listOf(at('event', 'category'))),
    action: text('event', 'action'),
    outcome: text('event', 'outcome'),
    actor: first(['user', 'name'], ['user', 'email'], ['user', 'id']),
    place: [text('source', 'geo', 'country_name'), first(['source', 'ip'], ['source', 'address'])]
      .filter(Boolean)
      .join(', '),
    message: text('message').slice(0, LONGEST_MESSAGE),
  };
}

/** ECS has lists where several are possible, and one value where it is alone. */
function listOf(value: JsonValue | undefined): JsonValue {
  return Array.isArray(value) ? value : [value ?? null];
}
