import { EcsVersion } from '@elastic/ecs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rawEvents } from '../../bench/raw-events.ts';
import { documentFields } from '../../src/core/document.ts';
import { type JsonValue, parseJson } from '../../src/core/json.ts';
import { KNOWN_ACTIONS } from '../../src/transform/action/known-actions.ts';
import { classifyAction } from '../../src/transform/classify.ts';
import { ECS_VERSION } from '../../src/transform/ecs-document.ts';
import { createTransform } from '../../src/transform/to-ecs.ts';
import { action, eventShaped } from './arbitraries.ts';
import { classViolations, ecsViolations } from './ecs-violations.ts';
import { goldens } from './golden.ts';
import { GOLDEN_OPTIONS } from './golden-options.ts';

const transform = createTransform(GOLDEN_OPTIONS);

function violations(raw: JsonValue): readonly string[] {
  const outcome = transform(raw);
  return outcome.kind === 'document' ? ecsViolations(documentFields(outcome.document)) : [];
}

function violationsOf(action: string): readonly string[] {
  const { categories, types } = classifyAction(action);
  return classViolations(categories, types);
}

describe('ECS', () => {
  test('is of the version that documents name', () => expect(ECS_VERSION).toBe(EcsVersion));

  test.each(goldens())('holds for $name', ({ input }) => expect(violations(input)).toEqual([]));

  test('holds for the events of the simulator', async () => {
    const texts = await rawEvents(5_000);
    expect(texts.flatMap((text) => violations(parseJson(text)))).toEqual([]);
  });

  test('holds for whatever becomes a document', () => {
    fc.assert(
      fc.property(eventShaped, (raw) => {
        expect(violations(raw)).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([...KNOWN_ACTIONS.keys()])('expects the types of %s beside its categories', (id) => {
    expect(violationsOf(id)).toEqual([]);
  });

  test('expects every type beside some category, and of every category some type, for 10,000 actions', () => {
    fc.assert(
      fc.property(action, (id) => {
        expect(violationsOf(id)).toEqual([]);
      }),
      { numRuns: 10_000 },
    );
  });

  test.each([
    [[], [], ['category is missing', 'type is missing']],
    [['iam'], [], ['type is missing', 'iam expects none of the types']],
    [['iam'], ['user', 'access'], ['no category expects access']],
    [['iam', 'file'], ['user'], ['file expects none of the types']],
    [['configuration', 'package'], ['installation'], ['configuration expects none of the types']],
    [
      ['file', 'file'],
      ['change', 'change'],
      ['file stands twice', 'change stands twice'],
    ],
    [['nonsense'], ['info'], ['nonsense expects none of the types', 'no category expects info']],
    [['iam', 'configuration'], ['group', 'change'], []],
  ] as const)('is checked for classes: %j with %j', (categories, types, expected) => {
    expect(classViolations(categories, types)).toEqual(expected);
  });

  test('is checked at all: a wrong document has violations', () => {
    const wrong = {
      event: { category: ['file', 'nonsense'], type: ['user'], kind: 'x' },
      source: { ip: 'x' },
      extra: 1,
    };
    expect(ecsViolations(wrong)).toHaveLength(7);
  });
});
