import { EcsFlat } from '@elastic/ecs';
import type { JsonObject } from '../../src/core/json.ts';
import { MAX_VALUE_LENGTH } from '../../src/transform/cut.ts';
import { DATASET, MODULE } from '../../src/transform/ecs-document.ts';
import { FIELDS } from '../../src/transform/fields.ts';
import { propertiesOf } from './mapping-tree.ts';
import { stamped } from './stamp.ts';

interface EcsField {
  readonly type: string;
  readonly ignore_above?: number;
  readonly index?: boolean;
  readonly doc_values?: boolean;
  readonly multi_fields?: readonly { readonly name: string; readonly type: string }[];
}

const ECS_FIELDS: ReadonlyMap<string, EcsField> = new Map(Object.entries(EcsFlat));

/** What the final pipeline adds. */
const BY_THE_PIPELINE = ['event.ingested', 'error.message'];

/** Fields that are the same in every document; `data_stream.namespace` is so in every index, whose first document tells it. */
const CONSTANTS: ReadonlyMap<string, string> = new Map([
  ['event.module', MODULE],
  ['event.dataset', DATASET],
  ['observer.vendor', 'Atlassian'],
  ['observer.product', 'Atlassian Cloud'],
  ['observer.type', 'saas'],
  ['data_stream.type', 'logs'],
  ['data_stream.dataset', DATASET],
]);

/** The fields of ECS that documents have, as ECS maps them. */
export function ecsTemplate(): JsonObject {
  const ours = FIELDS.filter(({ name }) => !name.startsWith(`${MODULE}.`));
  const fields = [
    ...ours.map(({ name, type }) => ({ name, mapping: mappingOf(name, type) })),
    ...BY_THE_PIPELINE.map((name) => ({ name, mapping: mappingOf(name, ecsField(name).type) })),
  ];
  return stamped('ECS fields of Atlassian audit events', {
    template: {
      mappings: {
        dynamic_templates: [{ labels: { path_match: 'labels.*', mapping: { type: 'keyword', ignore_above: 1_024 } } }],
        properties: propertiesOf(fields),
      },
    },
  });
}

function mappingOf(name: string, type: string): JsonObject {
  // The only field that grows: users name their labels.
  if (name === 'labels') return { type, dynamic: true };
  if (type === 'constant_keyword') return { type, value: CONSTANTS.get(name) };
  const { ignore_above, index, doc_values, multi_fields } = ecsField(name);
  // ECS stops at 1,024 characters; what the transform keeps can be found.
  const longest = ignore_above && MAX_VALUE_LENGTH;
  return { type, ignore_above: longest, index, doc_values, fields: multi_fields && multiFields(multi_fields) };
}

function multiFields(fields: NonNullable<EcsField['multi_fields']>): JsonObject {
  return Object.fromEntries(fields.map(({ name, type }) => [name, { type }]));
}

function ecsField(name: string): EcsField {
  const field = ECS_FIELDS.get(name);
  if (field === undefined) throw new Error(`${name} is no field of ECS`);
  return field;
}
