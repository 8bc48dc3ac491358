import { type JsonObject, type JsonValue, objectsIn, parseJson, textsIn } from '../../src/core/json.ts';
import { kibanaQuery } from './kql-in-kibana.ts';
import { at, type PanelInFile } from './panels.ts';
import { matching, type SearchContext } from './search-context.ts';

/** A session of Discover in a panel. */
export interface EventListInFile {
  readonly columns: readonly string[];
  readonly query: string;
  readonly filters: readonly JsonObject[];
  readonly sort: JsonValue;
}

export function searchOfPanel({ config }: PanelInFile): EventListInFile {
  return eventListOf(at(config, 'attributes'));
}

/** Also of the attributes of a saved search, whose source is not a text. */
export function eventListOf(attributes: JsonValue | undefined): EventListInFile {
  const written = at(attributes, 'kibanaSavedObjectMeta', 'searchSourceJSON');
  const source = typeof written === 'string' ? parseJson(written) : written;
  return {
    columns: textsIn(at(attributes, 'columns')),
    query: String(at(source, 'query', 'query')),
    filters: objectsIn(at(source, 'filter')),
    sort: at(attributes, 'sort') ?? [],
  };
}

/** The search for its first page. */
export function eventSearch({ query, filters, sort }: EventListInFile, context: SearchContext): JsonObject {
  const order = Array.isArray(sort) ? sort.map((one: JsonValue) => orderOf(one)) : [];
  return { size: 500, track_total_hits: true, sort: order, query: matching(context, filters, [kibanaQuery(query)]) };
}

function orderOf(pair: JsonValue): JsonObject {
  const [field = '', direction = ''] = textsIn(pair);
  return { [field]: { order: direction } };
}
