import type { JsonObject } from '../core/json.ts';
import { ACTIONS } from './actions.ts';

/** The answer of `event-actions`: what the API knows to name. Events may have actions beyond it. */
export function eventActions(): JsonObject {
  const data = ACTIONS.flatMap(({ id, displayName, group }): readonly JsonObject[] => {
    if (group === undefined) return [];
    const attributes = { displayName, groupDisplayName: group, groupDisplayNames: [group] };
    return [{ id, type: 'event-actions', attributes, links: null, message: null }];
  });
  return { data, links: {}, meta: {} };
}
