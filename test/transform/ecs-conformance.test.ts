import { EcsVersion } from '@elastic/ecs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { documentFields } from '../../src/core/document.ts';
import type { JsonValue } from '../../src/core/json.ts';
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

describe('ECS', () => {
  test('is of the version that documents name', () => expect(ECS_VERSION).toBe(EcsVersion));

  test.each(goldens())('holds for $name', ({ input }) => expect(violations(input)).toEqual([]));

  test('holds for whatever becomes a document', () => {
    fc.assert(
      fc.property(eventShaped, (raw) => {
        expect(violations(raw)).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  test('expects every type beside every category, for 10,000 actions', () => {
    fc.assert(
      fc.property(action, (id) => {
        const { categories, types } = classifyAction(id);
        expect(classViolations(categories, types)).toEqual([]);
      }),
      { numRuns: 10_000 },
    );
  });

  test('is checked at all: a wrong document has violations', () => {
    const wrong = {
      event: { category: ['file', 'nonsense'], type: ['user'], kind: 'x' },
      source: { ip: 'x' },
      extra: 1,
    };
    expect(ecsViolations(wrong)).toHaveLength(6);
  });
});
