import type { JsonObject } from '../../src/core/json.ts';
import { MAX_VALUE_LENGTH } from '../../src/transform/cut.ts';
import { MODULE } from '../../src/transform/ecs-document.ts';
import { FIELDS, type FieldType } from '../../src/transform/fields.ts';
import { propertiesOf } from './mapping-tree.ts';
import { stamped } from './stamp.ts';

/** Elasticsearch's own limit; the transform stays below it. */
const FLATTENED_DEPTH = 20;

/** Our own fields, and what holds for all others: a field that is not listed stays in `_source`, and adds no mapping. */
export function mappingsTemplate(): JsonObject {
  const ours = FIELDS.filter(({ name }) => name.startsWith(`${MODULE}.`));
  return stamped('Fields of Atlassian audit events that ECS does not have', {
    template: {
      mappings: {
        dynamic: false,
        date_detection: false,
        properties: propertiesOf(ours.map(({ name, type }) => ({ name, mapping: mappingOf(type) }))),
      },
    },
  });
}

function mappingOf(type: FieldType): JsonObject {
  switch (type) {
    case 'keyword':
      return { type, ignore_above: MAX_VALUE_LENGTH };
    case 'flattened':
      return { type, ignore_above: MAX_VALUE_LENGTH, depth_limit: FLATTENED_DEPTH };
    default:
      return { type };
  }
}
