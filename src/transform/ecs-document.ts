/**
 * What the transform emits, by the Elastic Common Schema (https://www.elastic.co/docs/reference/ecs). Below
 * `atlassian_cloud.audit` the names are those of Elastic's own Atlassian Cloud integration, so that searches
 * and dashboards written for its documents work on ours. `fields.ts` lists every field with type and meaning.
 *
 * Type aliases, not interfaces: only those are assignable to a `JsonObject`.
 * An absent value is `undefined`, which `JSON.stringify` leaves out: there are no empty objects, empty arrays,
 * empty strings or nulls. Members are named in all of them, absent or not, so that objects of a kind have one shape.
 */
import type { ActionName } from '../core/action-names.ts';
import type { JsonObject } from '../core/json.ts';
import type { EntityName } from './entities/table.ts';
import type { EventCategory, EventOutcome, EventType } from './event-class.ts';

export const ECS_VERSION = '9.4.0';
export const MODULE = 'atlassian_cloud';
export const DATASET = 'atlassian_cloud.audit';
export const PROVIDER = 'organization_audit_log';

export type EcsDocument = {
  '@timestamp': string;
  message: string | undefined;
  event: EcsEvent;
  user: EcsActingUser | undefined;
  group: EcsGroup | undefined;
  source: EcsSource | undefined;
  url: EcsUrl | undefined;
  organization: EcsOrganization;
  related: EcsRelated | undefined;
  observer: EcsObserver;
  atlassian_cloud: { audit: AtlassianAudit } | undefined;
  tags: readonly string[] | undefined;
  labels: Readonly<Record<string, string>> | undefined;
  data_stream: { type: 'logs'; dataset: typeof DATASET; namespace: string };
  agent: EcsAgent;
  ecs: { version: typeof ECS_VERSION };
};

export type EcsEvent = {
  kind: 'event';
  category: readonly EventCategory[];
  type: readonly EventType[];
  action: string;
  outcome: EventOutcome;
  /** Why it failed, where the event says so. */
  reason: string | undefined;
  id: string;
  /** When the API had processed the event; `@timestamp` is when it happened. */
  created: string | undefined;
  module: typeof MODULE;
  dataset: typeof DATASET;
  provider: typeof PROVIDER;
  /** SHA-256 of the raw event, in hex, where `original` is cut. */
  hash: string | undefined;
  /** The raw event, `JSON.stringify` of it on every path. */
  original: string;
};

/** A person: whoever is no person goes to `AuditActor.app`. */
export type EcsUser = {
  id: string | undefined;
  name: string | undefined;
  full_name: string | undefined;
  email: string | undefined;
  /** Of the e-mail address. */
  domain: string | undefined;
};

/** The members of the acting person may all be absent beside a target: an app can act on a person. */
export type EcsActingUser = EcsUser & {
  /** On whose behalf, or as whom, the actor acted. */
  effective: EcsUser | undefined;
  /** The person acted on, as they were before. */
  target: (EcsUser & { group: EcsGroup | undefined }) | undefined;
  /** What is new about the person. */
  changes: EcsUser | undefined;
};

export type EcsGroup = { id: string | undefined; name: string | undefined };

export type EcsOrganization = { id: string; name: string | undefined };

export type EcsSource = {
  /** Whatever the event gave as its address. */
  address: string | undefined;
  /** The same, if it is one: an `ip` field refuses the whole document for anything else. */
  ip: string | undefined;
  geo: EcsGeo | undefined;
  as: EcsAs | undefined;
};

export type EcsGeo = {
  continent_code?: string | undefined;
  continent_name?: string | undefined;
  country_iso_code?: string | undefined;
  country_name?: string | undefined;
  /** With the country in front: `DE-HE`. */
  region_iso_code?: string | undefined;
  region_name?: string | undefined;
  city_name?: string | undefined;
  timezone?: string | undefined;
  location?: { lat: number; lon: number } | undefined;
};

/** The network that an address belongs to. */
export type EcsAs = { number?: number | undefined; organization?: { name: string } | undefined };

/** A link that a person can open. */
export type EcsUrl = {
  full: string;
  scheme: string;
  domain: string;
  port: number | undefined;
  path: string | undefined;
  query: string | undefined;
  fragment: string | undefined;
};

export type EcsRelated = {
  user: readonly string[] | undefined;
  ip: readonly string[] | undefined;
  hosts: readonly string[] | undefined;
  hash: readonly string[] | undefined;
};

export type EcsObserver = { vendor: 'Atlassian'; product: 'Atlassian Cloud'; type: 'saas' };

export type EcsAgent = { type: 'atlassian-shipper'; name: string | undefined; version: string | undefined };

/** What is named in the middle, `AuditEntities`, is of a varying number: members are absent here, not undefined. */
export type AtlassianAudit = {
  /** What the API calls it. */
  action: ActionName | undefined;
  actor: AuditActor | undefined;
  target: AuditTarget | undefined;
} & AuditEntities & {
    /** What was acted on. */
    context?: readonly AuditObject[];
    /** Where: site, organization and so on. */
    container?: readonly AuditObject[];
    location?: { geo: string };
    message?: { format: string };
  };

export type AuditActor = {
  auth: AuditAuth | undefined;
  on_behalf_of: Pick<EcsUser, 'id' | 'name' | 'email'> | undefined;
  app: AuditApp | undefined;
};

export type AuditAuth = {
  auth_type: string | undefined;
  token_id: string | undefined;
  token_label: string | undefined;
};

export type AuditApp = {
  id: string | undefined;
  name: string | undefined;
  type: string | undefined;
  attributes: JsonObject | undefined;
};

/** Everyone and every group acted on; `user.target` and `group`, which ECS keeps single, hold the first. */
export type AuditTarget = { user: AuditEntity | undefined; group: AuditEntity | undefined };

/** What the event names, promoted out of `context` and `container`, which Kibana can't aggregate. */
export type AuditEntities = { [name in EntityName]?: AuditEntity };

export type AuditEntity = { [field: string]: OneOrMore };

export type AuditObject = { id: string | undefined; type: string | undefined; attributes: JsonObject | undefined };

/** A list only where there are several. */
export type OneOrMore = string | string[];
