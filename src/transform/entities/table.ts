import { hostName } from './host-name.ts';
import { productKey } from './product-key.ts';

/**
 * What events name, promoted to `atlassian_cloud.audit.<entity>.<field>`: one table of where it is found. An element
 * of `context` or `container` has a type, an id and attributes. `types` are those that stand for the entity: their
 * id is its `id`, and `own` are the attributes read of them. `anywhere` are attributes that mean the same on every
 * element: Jira names the work item on the element of its site.
 *
 * Types and attributes seen are in `context` and `container` of real events; spellings near them are listed too.
 */
export const ENTITIES = {
  product: {
    meaning: 'Product, `key` being one word for it whatever the API calls it',
    types: ['products', 'product'],
    own: { name: ['name', 'displayName'], key: ['name', 'displayName'] },
    anywhere: { name: ['productName'], key: ['product', 'productKey'] },
    as: { key: productKey },
  },
  site: {
    meaning: 'Site',
    types: ['sites', 'site'],
    own: { name: ['name'], host: ['hostName', 'url'] },
    anywhere: { id: ['siteId', 'cloudId'], name: ['siteName'], host: ['siteHostName', 'siteUrl', 'cloudUrl'] },
    as: { host: hostName },
  },
  project: {
    meaning: 'Jira project',
    types: ['projects', 'project'],
    own: { key: ['key'], name: ['name'] },
    anywhere: { id: ['projectId'], key: ['projectKey'], name: ['projectName'] },
  },
  issue: {
    meaning: 'Jira work item',
    types: ['issues', 'issue', 'work-items', 'work-item'],
    own: { key: ['key'], summary: ['summary', 'title', 'name'] },
    anywhere: { id: ['issueId', 'issueKeyOrId'], key: ['issueKey', 'issueKeyOrId'] },
    as: { id: unlessKey, key: onlyKey },
  },
  space: {
    meaning: 'Confluence space',
    types: ['spaces', 'space'],
    own: { key: ['key'], name: ['name'] },
    anywhere: { id: ['spaceId'], key: ['spaceKey'], name: ['spaceName'] },
  },
  page: {
    meaning: 'Confluence page, blog post or whiteboard',
    types: [
      'pages',
      'page',
      'blogposts',
      'blogpost',
      'blogs',
      'blog',
      'contents',
      'content',
      'whiteboards',
      'whiteboard',
    ],
    own: { title: ['title', 'name'] },
    anywhere: { id: ['pageId', 'contentId'], title: ['pageTitle', 'contentTitle'] },
  },
  repository: {
    meaning: 'Bitbucket repository',
    types: ['repositories', 'repository'],
    own: { name: ['fullName', 'name', 'slug'] },
    anywhere: { id: ['repositoryId'], name: ['repositoryName', 'repositorySlug'] },
  },
  policy: {
    meaning: 'Policy',
    types: ['policies', 'policy', 'authentication-policies', 'authentication-policy'],
    own: { name: ['name', 'title'], type: ['type', 'policyType'] },
    anywhere: { id: ['policyId'], name: ['policyName'], type: ['policyType'] },
  },
  app: {
    meaning: 'App acted on',
    types: ['apps', 'app', 'plugins', 'plugin', 'addons', 'addon'],
    own: {
      name: ['name', 'appName'],
      vendor: ['vendor', 'vendorName'],
      scope: ['scopes', 'scope'],
      key: ['key', 'appKey'],
    },
    anywhere: { id: ['appId'], key: ['appKey'], name: ['appName'] },
  },
  token: {
    meaning: 'Token acted on',
    types: ['tokens', 'token', 'api-tokens', 'api-token', 'api-keys', 'api-key'],
    own: { label: ['tokenLabel', 'label', 'tokenName', 'name'], scope: ['scopes', 'scope'] },
    anywhere: { id: ['tokenId'], label: ['tokenLabel', 'tokenName'] },
  },
  role: {
    meaning: 'Role',
    types: ['roles', 'role'],
    own: { name: ['name', 'roleName'] },
    anywhere: { id: ['roleId'], name: ['roleName', 'role'] },
  },
  permission: {
    meaning: 'Permission',
    types: ['permissions', 'permission'],
    own: { name: ['name'] },
    anywhere: { name: ['permissionName', 'permission'] },
  },
  setting: {
    meaning: 'Setting of the organization or of a product',
    types: ['settings', 'setting'],
    own: { name: ['name'], value: ['value', 'values'] },
    anywhere: { name: ['settingName'], value: ['settingValue', 'settingValues'] },
  },
  domain: {
    meaning: 'Mail or web domain of the organization',
    types: ['domains', 'domain'],
    own: { name: ['name', 'domain', 'domainName'] },
    anywhere: { name: ['domain', 'domainName'] },
  },
} as const satisfies Readonly<Record<string, EntityDefinition>>;

export type EntityName = keyof typeof ENTITIES;

export type EntityDefinition = {
  readonly meaning: string;
  readonly types: readonly string[];
  readonly own: FieldSources;
  readonly anywhere: FieldSources;
  /** How a field's value is read, where it is not taken as it is; `undefined` leaves it out. */
  readonly as?: Readonly<Record<string, Reader>>;
};

/** Field of the entity -> attributes that hold it. */
type FieldSources = Readonly<Record<string, readonly string[]>>;

export type Reader = (value: string) => string | undefined;

/** Rows as they are, for whoever goes through all of them. */
export const ENTITY_DEFINITIONS: ReadonlyMap<EntityName, EntityDefinition> = new Map(entriesOf(ENTITIES));

function entriesOf<Name extends string>(
  table: Readonly<Record<Name, EntityDefinition>>,
): readonly (readonly [Name, EntityDefinition])[] {
  const names = (name: string): name is Name => name in table;
  return Object.keys(table)
    .filter(names)
    .map((name) => [name, table[name]] as const);
}

/** `issueKeyOrId` is a key (`EX-42`) or a number. */
function onlyKey(value: string): string | undefined {
  return value.includes('-') ? value : undefined;
}

function unlessKey(value: string): string | undefined {
  return value.includes('-') ? undefined : value;
}
