import type { JsonObject } from '../../src/core/json.ts';
import { MANAGED_BY } from '../../src/core/managed-by.ts';
import { ASSETS_VERSION } from './version.ts';

/** Tells whose an asset is; it stands in the mapping of every index, too. */
export const OWNER: JsonObject = { managed_by: MANAGED_BY, version: ASSETS_VERSION };

/** An asset with its version, and with what Kibana shows of it. */
export function stamped(description: string, body: JsonObject): JsonObject {
  const { managed_by, version } = OWNER;
  return { version, _meta: { managed_by, managed: true, version, description }, ...body };
}
