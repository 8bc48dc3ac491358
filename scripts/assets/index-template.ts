import type { JsonObject } from '../../src/core/json.ts';
import { DATASET } from '../../src/transform/ecs-document.ts';
import { CUSTOM, ECS, MAPPINGS, SETTINGS } from './names.ts';
import { OWNER, stamped } from './stamp.ts';

/** Above Fleet's 200 for this data set, and the 100 of Elasticsearch for all logs. */
const PRIORITY = 250;

/**
 * Of parts that say the same thing, the last wins, and what stands here itself wins over all of them. Hence the user's part is
 * the last, and only what users must not change stands here: whose the index is.
 */
export function indexTemplate(): JsonObject {
  return stamped('Data streams of Atlassian audit events', {
    index_patterns: [`logs-${DATASET}-*`],
    priority: PRIORITY,
    data_stream: {},
    composed_of: [ECS, MAPPINGS, SETTINGS, CUSTOM],
    ignore_missing_component_templates: [CUSTOM],
    template: { mappings: { _meta: OWNER } },
  });
}
