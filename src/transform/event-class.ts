/**
 * The ECS categorization values in use here; all of them, with the types that each category expects, are on
 * https://www.elastic.co/docs/reference/ecs/ecs-allowed-values-event-category
 */
export type EventCategory = 'authentication' | 'configuration' | 'file' | 'iam' | 'package';

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
 * What an event is about. Every type is one that ECS expects of every category beside it. Both lists are empty
 * where nothing fits: ECS asks to leave the fields out then.
 */
export type EventClass = { readonly categories: readonly EventCategory[]; readonly types: readonly EventType[] };

export const UNCLASSIFIED: EventClass = { categories: [], types: [] };
