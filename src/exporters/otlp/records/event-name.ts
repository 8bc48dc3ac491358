import { type JsonObject, memberOf } from '../../../core/json.ts';

/** What all our events are of: their scope, and the beginning of their names. */
export const AUDIT = 'atlassian_cloud.audit';

/** One of few, and unlike anybody else's, as the specification wants it: `atlassian_cloud.audit.user_login`. */
export function eventNameOf(fields: JsonObject): string | undefined {
  const action = memberOf(fields['event'], 'action');
  return typeof action === 'string' && action !== '' ? `${AUDIT}.${action}` : undefined;
}
