import { EcsFlat } from '@elastic/ecs';
import { describe, expect, test } from 'vitest';
import { MAX_VALUE_LENGTH } from '../../src/transform/cut.ts';
import { FIELDS } from '../../src/transform/fields.ts';
import { assetBodies } from './asset-files.ts';
import { mappedFields, propertiesOf } from './mapped-fields.ts';

const bodies = assetBodies();
const mapped = {
  ...mappedFields(propertiesOf(bodies.get('atlassian-shipper.audit@ecs'))),
  ...mappedFields(propertiesOf(bodies.get('atlassian-shipper.audit@mappings'))),
};

const ADDED_BY_THE_PIPELINE = { 'event.ingested': 'date', 'error.message': 'match_only_text' };

describe('the mapping', () => {
  test('has every field that documents have, and no other', () => {
    const expected = FIELDS.map(({ name, type }) => [name, type]);
    const own = Object.entries(mapped).filter(([name]) => !name.endsWith('.text'));
    expect(Object.fromEntries(own.map(([name, { type }]) => [name, type]))).toEqual({
      ...Object.fromEntries(expected),
      ...ADDED_BY_THE_PIPELINE,
    });
  });

  test('is that of ECS, where ECS has the field', () => {
    const ecs: ReadonlyMap<string, { readonly type: string; readonly ignore_above?: number }> = new Map(
      Object.entries(EcsFlat),
    );
    for (const [name, { type, ...options }] of Object.entries(mapped)) {
      const field = ecs.get(name);
      if (field === undefined || type === 'constant_keyword' || name === 'labels') continue;
      // Longer than ECS has it: what the transform keeps can be found.
      const longest = field.ignore_above === undefined ? undefined : MAX_VALUE_LENGTH;
      expect([name, type, options['ignore_above']]).toEqual([name, field.type, longest]);
    }
    expect(mapped['event.original']).toEqual({ type: 'keyword', index: false, doc_values: false });
    expect(mapped['user.name.text']).toEqual({ type: 'match_only_text' });
    expect(mapped['source.geo.location']).toEqual({ type: 'geo_point' });
  });

  test('tells Elasticsearch a value only where it never differs', () => {
    const constants = Object.entries(mapped).filter(([, { type }]) => type === 'constant_keyword');
    expect(Object.fromEntries(constants.map(([name, { value }]) => [name, value]))).toEqual({
      'data_stream.type': 'logs',
      'data_stream.dataset': 'atlassian_cloud.audit',
      'data_stream.namespace': undefined,
      'event.module': 'atlassian_cloud',
      'event.dataset': 'atlassian_cloud.audit',
      'observer.vendor': 'Atlassian',
      'observer.product': 'Atlassian Cloud',
      'observer.type': 'saas',
    });
  });

  test('keeps what an event may hold any number of in fields that do not grow', () => {
    const inner = (name: string) => mapped[`atlassian_cloud.audit.${name}`];
    const attributes = { type: 'flattened', ignore_above: 8_191, depth_limit: 20 };
    for (const name of ['context', 'container']) {
      expect([inner(name), inner(`${name}.attributes`)]).toEqual([{ type: 'nested' }, attributes]);
    }
    expect(inner('actor.app.attributes')).toEqual(attributes);
    expect(inner('site.name')).toEqual({ type: 'keyword', ignore_above: 8_191 });
  });

  test('grows by labels only', () => {
    const growing = Object.entries(mapped).filter(([, { dynamic }]) => dynamic !== undefined);
    expect(growing).toEqual([['labels', { type: 'object', dynamic: true }]]);
    expect(bodies.get('atlassian-shipper.audit@mappings')).toMatchObject({
      template: { mappings: { dynamic: false, date_detection: false } },
    });
  });
});
