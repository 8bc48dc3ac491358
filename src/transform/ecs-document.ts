/**
 * What the transform emits, by the Elastic Common Schema (https://www.elastic.co/docs/reference/ecs). Below
 * `atlassian_cloud.audit` the names are those of Elastic's own Atlassian Cloud integration, so that searches
 * and dashboards written for its documents work on ours.
 *
 * Type aliases, not interfaces: only those are assignable to a `JsonObject`.
 * An absent value is an absent key: there are no empty objects, empty arrays, nulls or undefined values.
 */
import type { JsonObject } from '../core/json.ts';
import type { EventCategory, EventOutcome, EventType } from './event-class.ts';

export const ECS_VERSION = '9.4.0';
export const MODULE = 'atlassian_cloud';
export const DATASET = 'atlassian_cloud.audit';
export const PROVIDER = 'organization_audit_log';

export type EcsDocument = {
  '@timestamp': string;
  message?: string;
  event: EcsEvent;
  user?: EcsUser;
  source?: EcsSource;
  organization: { id: string };
  related?: EcsRelated;
  observer: EcsObserver;
  atlassian_cloud?: { audit: AtlassianAudit };
  data_stream: { type: 'logs'; dataset: typeof DATASET; namespace: string };
  agent: { type: 'atlassian-shipper'; version?: string };
  ecs: { version: typeof ECS_VERSION };
};

export type EcsEvent = {
  kind: 'event';
  category?: readonly EventCategory[];
  type?: readonly EventType[];
  action: string;
  outcome: EventOutcome;
  id: string;
  /** When the API had processed the event; `@timestamp` is when it happened. */
  created?: string;
  module: typeof MODULE;
  dataset: typeof DATASET;
  provider: typeof PROVIDER;
  /** The raw event, `JSON.stringify` of it on every path. */
  original: string;
};

/** A person: whoever is no person goes to `AuditActor.app`. */
export type EcsUser = { id?: string; name?: string; email?: string };

export type EcsSource = {
  /** Whatever the event gave as its address. */
  address?: string;
  /** The same, if it is one: an `ip` field refuses the whole document for anything else. */
  ip?: string;
  geo?: EcsGeo;
};

export type EcsGeo = { country_name?: string; region_name?: string; city_name?: string };

export type EcsRelated = { ip?: readonly string[]; user?: readonly string[]; hosts?: readonly string[] };

export type EcsObserver = { vendor: 'Atlassian'; product: 'Atlassian Cloud'; type: 'saas' };

export type AtlassianAudit = {
  actor?: AuditActor;
  /** What was acted on. */
  context?: readonly AuditObject[];
  /** Where: site, organization and so on. */
  container?: readonly AuditObject[];
  location?: { geo: string };
  message?: { format: string };
};

export type AuditActor = { auth?: AuditAuth; on_behalf_of?: EcsUser; app?: AuditApp };

export type AuditAuth = { auth_type?: string; token_id?: string; token_label?: string };

export type AuditApp = { id?: string; name?: string; type?: string; attributes?: JsonObject };

export type AuditObject = { id?: string; type?: string; attributes?: JsonObject };
