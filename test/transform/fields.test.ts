import { EcsFlat } from '@elastic/ecs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rawEvents } from '../../bench/raw-events.ts';
import { documentFields } from '../../src/core/document.ts';
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '../../src/core/json.ts';
import { FIELDS, type Field } from '../../src/transform/fields.ts';
import { createTransform } from '../../src/transform/to-ecs.ts';
import { eventShaped } from './arbitraries.ts';
import { goldens } from './golden.ts';
import { GOLDEN_OPTIONS } from './golden-options.ts';

const BY_NAME: ReadonlyMap<string, Field> = new Map(FIELDS.map((field) => [field.name, field]));
/** Whatever is below is one value to Elasticsearch. */
const OPAQUE: ReadonlySet<string> = new Set(['flattened', 'geo_point', 'object']);

const transform = createTransform(GOLDEN_OPTIONS);

function documentOf(raw: JsonValue): JsonObject {
  const outcome = transform(raw);
  return outcome.kind === 'document' ? documentFields(outcome.document) : {};
}

/** The listed fields that a document has, and what in it is not as listed. */
function compared(fields: JsonObject, prefix = ''): { present: readonly string[]; wrong: readonly string[] } {
  const found = Object.entries(fields).map(([key, value]) => comparedField(`${prefix}${key}`, value ?? null));
  return { present: found.flatMap(({ present }) => present), wrong: found.flatMap(({ wrong }) => wrong) };
}

function comparedField(name: string, value: JsonValue): ReturnType<typeof compared> {
  const field = BY_NAME.get(name);
  if (field === undefined) return isJsonObject(value) ? compared(value, `${name}.`) : { present: [], wrong: [name] };
  const values: readonly JsonValue[] = Array.isArray(value) ? value : [value];
  const wrong =
    fits(field, value) && values.every((one) => hasType(field, one)) ? [] : [`${name} ${JSON.stringify(value)}`];
  if (field.type !== 'nested') return { present: [name], wrong };
  const inner = values.filter(isJsonObject).map((one) => compared(one, `${name}.`));
  return {
    present: [name, ...inner.flatMap(({ present }) => present)],
    wrong: [...wrong, ...inner.flatMap(({ wrong: below }) => below)],
  };
}

function fits({ values }: Field, value: JsonValue): boolean {
  switch (values) {
    case 'one':
      return !Array.isArray(value);
    case 'list':
      return Array.isArray(value);
    case 'one or more':
      return !Array.isArray(value) || (value.length > 1 && new Set(value).size === value.length);
  }
}

function hasType({ type }: Field, value: JsonValue): boolean {
  if (OPAQUE.has(type) || type === 'nested') return isJsonObject(value);
  return typeof value === (type === 'long' ? 'number' : 'string');
}

describe('the list of fields', () => {
  test.each(goldens())('has every field of $name', ({ expected }) => {
    expect(isJsonObject(expected) && 'event' in expected ? compared(expected).wrong : []).toEqual([]);
  });

  test('has every field of the events of the simulator', async () => {
    const texts = await rawEvents(5_000);
    expect(texts.flatMap((text) => compared(documentOf(parseJson(text))).wrong)).toEqual([]);
  });

  test('has every field of whatever becomes a document', () => {
    fc.assert(
      fc.property(eventShaped, (raw) => {
        expect(compared(documentOf(raw)).wrong).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  test('has no field that no golden document has', () => {
    const large = { id: 'e', attributes: { time: '2026-05-19T10:03:00Z', action: 'a', x: 'x'.repeat(5_000_000) } };
    const inputs = [...goldens().map(({ input }) => input), large];
    const present = new Set(inputs.flatMap((input) => compared(documentOf(input)).present));
    expect(FIELDS.map(({ name }) => name).filter((name) => !present.has(name))).toEqual([]);
  });

  test('agrees with ECS, and names each field once', () => {
    const ecs: ReadonlyMap<string, { readonly type: string; readonly normalize: readonly string[] }> = new Map(
      Object.entries(EcsFlat),
    );
    const ours = FIELDS.filter(({ name }) => !name.startsWith('atlassian_cloud.'));
    for (const { name, type, values } of ours) {
      const definition = ecs.get(name);
      expect([name, definition?.normalize.includes('array')]).toEqual([name, values === 'list']);
      // A value that is the same in every document may be told to Elasticsearch as such.
      expect([name, type]).toEqual([name, type === 'constant_keyword' ? 'constant_keyword' : definition?.type]);
    }
    expect(new Set(FIELDS.map(({ name }) => name)).size).toBe(FIELDS.length);
  });

  test('is checked at all', () => {
    const wrong = { surprise: 1, user: { id: ['a'] }, tags: 'a', source: { as: { number: '7' } } };
    expect(compared(wrong).wrong).toHaveLength(4);
  });
});
