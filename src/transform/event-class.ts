/**
 * The ECS categorization values in use here; all of them, with the types that each category expects, are on
 * https://www.elastic.co/docs/reference/ecs/ecs-allowed-values-event-category
 */
export type EventCategory =
  | 'api'
  | 'authentication'
  | 'configuration'
  | 'database'
  | 'file'
  | 'iam'
  | 'intrusion_detection'
  | 'malware'
  | 'package'
  | 'process'
  | 'session';

export type EventType =
  | 'access'
  | 'admin'
  | 'change'
  | 'creation'
  | 'deletion'
  | 'end'
  | 'group'
  | 'info'
  | 'installation'
  | 'start'
  | 'user';

export type EventOutcome = 'failure' | 'success' | 'unknown';

/**
 * What an event is about. Neither list is empty. Every type is expected by one of the categories at least, and every
 * category expects one of the types at least.
 */
export type EventClass = { readonly categories: readonly EventCategory[]; readonly types: readonly EventType[] };

/** Of an action that says nothing we know: the most general thing that is true of an administration log. */
export const UNCATEGORIZED: EventClass = { categories: ['configuration'], types: ['info'] };
