import type { JsonObject } from '../../src/core/json.ts';

/**
 * One saved object of Kibana, in the decoded form that Elastic's packages have: what Kibana keeps as a text of JSON
 * (`panelsJSON` and the like) is a value here. `src/setup/kibana/` encodes it for an import.
 */
export interface SavedObject {
  readonly id: string;
  readonly type: SavedObjectType;
  readonly attributes: JsonObject;
  readonly references?: readonly Reference[];
  readonly coreMigrationVersion?: string;
  readonly typeMigrationVersion?: string;
}

export type SavedObjectType = 'dashboard' | 'search' | 'index-pattern' | 'tag' | 'security-rule';

/** What an object needs, by a name that its attributes or Kibana itself use. */
export type Reference = { readonly id: string; readonly name: string; readonly type: SavedObjectType };

/** Names the owner of an object in its id; also the name of the content package. */
const PACKAGE = 'atlassian_shipper';

export const idOf = (slug: string): string => `${PACKAGE}-${slug}`;

/**
 * The oldest form of each type that has all that we use: Kibana migrates what is older than itself, and refuses what is
 * newer.
 */
const TYPE_VERSIONS = { dashboard: '10.2.0', search: '10.2.0', 'index-pattern': '8.0.0', tag: '8.0.0' } as const;

export function savedObject(
  type: keyof typeof TYPE_VERSIONS,
  id: string,
  attributes: JsonObject,
  references: readonly Reference[] = [],
): SavedObject {
  return {
    id,
    type,
    attributes,
    references,
    coreMigrationVersion: '8.8.0',
    typeMigrationVersion: TYPE_VERSIONS[type],
  };
}
