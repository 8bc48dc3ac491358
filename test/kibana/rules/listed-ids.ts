import { isJsonObject, type JsonObject, type JsonValue, memberOf } from '../../../src/core/json.ts';
import { createTransform } from '../../../src/transform/to-ecs.ts';
import { installAssets } from '../../assets/installed.ts';
import type { Elasticsearch } from '../../helpers/elasticsearch.ts';
import { kqlToQuery } from '../kql.ts';
import { ingested } from './ingested.ts';
import { type Deed, group, rawEvent, setting, user } from './raw-events.ts';
import type { Rule } from './rule-schema.ts';
import { buckets, found, type Ground, termsOf } from './searches.ts';

/** The ids that a query asks for, those with a wildcard too; not those that it leaves out. */
export function listedIds(query: string): readonly string[] {
  return [...new Set(idsIn(kqlToQuery(query)))];
}

function idsIn(node: JsonValue): readonly string[] {
  if (Array.isArray(node)) return node.flatMap((each: JsonValue) => idsIn(each));
  if (!isJsonObject(node)) return [];
  return Object.entries(node).flatMap(([key, below = null]) => {
    if (key === 'must_not') return [];
    if (key === 'match' || key === 'match_phrase') return textOf(memberOf(below, 'event.action'));
    if (key !== 'query_string') return idsIn(below);
    const fields = memberOf(below, 'fields');
    return Array.isArray(fields) && fields[0] === 'event.action' ? textOf(memberOf(below, 'query')) : [];
  });
}

function textOf(value: JsonValue | undefined): readonly string[] {
  return typeof value === 'string' ? [value.replaceAll('\\', '')] : [];
}

/** What makes an id of a beginning that names only a thing. */
const ENDINGS = [
  ...['', 'd', 'ed', '_updated', '_created', '_deleted', '_enabled', '_archived', '_exported', '_downloaded'],
  ...['_completed', '_changed', '_page', '_space', '_user', '_issue_viewed', '_page_viewed', '_board_viewed'],
  ...['_video_viewed', '_repository_viewed', '_space_export', '_issues_export'],
];

const SAYS_WHAT_WAS_DONE = /^[a-z]+ed_|ed$|_off$|_on$|^turned_|^reset_|_reset$/;

/** An id that says what was done is one by itself; of a beginning, one of these has to be found. */
function idsFor(listed: string): readonly string[] {
  if (!listed.endsWith('*')) return [listed];
  const beginning = listed.slice(0, -1);
  if (!beginning.endsWith('_') && SAYS_WHAT_WAS_DONE.test(beginning)) return [beginning];
  return ENDINGS.map((ending) => `${beginning.replace(/_$/, '')}${ending}`);
}

/** What else an event has to tell. */
const BESIDE: Readonly<Record<string, Partial<Deed>>> = {
  'admin-role-granted': { message: 'Granted the role Site admin' },
  'admin-group-joined': { context: [group('site-admins'), user('bea')] },
  'public-link-opened': { container: [setting('public-links', 'enabled')] },
  'classification-lowered': { container: [setting('classification', 'None')] },
};

/** By the slug of a rule, those of its ids of which it finds no event. */
export type NotFound = (slug: string) => Promise<readonly string[]>;

/** An event for each id that a rule lists. */
export async function storeListedIds(server: Elasticsearch, rules: ReadonlyMap<string, Rule>): Promise<NotFound> {
  const { stream, create } = await installAssets(server);
  const documents = [...rules].flatMap(([slug, { query }]) => {
    const transform = createTransform({ organizationId: 'org-1', namespace: 'listed', tags: [slug] });
    const ids = [...new Set(listedIds(query).flatMap(idsFor))];
    return ids.map((action) => ingested(transform, rawEvent({ action, ...BESIDE[slug] }, `${slug}/${action}`)));
  });
  for (let start = 0; start < documents.length; start += 2_000) {
    const refused = (await create(documents.slice(start, start + 2_000))).find(({ status }) => status !== 201);
    if (refused !== undefined) throw new Error(`a document was refused: ${JSON.stringify(refused)}`);
  }
  return async (slug) => {
    const rule = rules.get(slug);
    if (rule === undefined) throw new RangeError(slug);
    const only: JsonObject = { term: { tags: slug } };
    const ground: Ground = { request: server.request, stream, only };
    const actions = await buckets(ground, found(rule, ground), ['event.action'], {});
    const seen = new Set(actions.map((bucket) => String(termsOf(bucket)['event.action'])));
    return listedIds(rule.query).filter((listed) => !idsFor(listed).some((id) => seen.has(id)));
  };
}
