import { expect, test } from 'vitest';
import { documentFields } from '../../src/core/document.ts';
import { parseJson } from '../../src/core/json.ts';
import { createTransform } from '../../src/transform/to-ecs.ts';
import { goldens } from './golden.ts';
import { GOLDEN_OPTIONS } from './golden-options.ts';

const transform = createTransform(GOLDEN_OPTIONS);

test.each(goldens())('$name', ({ input, expected }) => {
  const outcome = transform(input);

  expect(outcome.kind === 'document' ? parseJson(outcome.document.json) : outcome).toEqual(expected);
});

test('the order of fields is that of the expected document', () => {
  for (const { input, expected } of goldens()) {
    const outcome = transform(input);
    expect(JSON.stringify(outcome.kind === 'document' ? documentFields(outcome.document) : outcome)).toBe(
      JSON.stringify(expected),
    );
  }
});
