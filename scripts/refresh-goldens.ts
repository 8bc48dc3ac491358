/** Rewrites the expected documents in test/golden from their inputs. Read the difference before it is committed. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { documentFields } from '../src/core/document.ts';
import { parseJson } from '../src/core/json.ts';
import { createTransform } from '../src/transform/to-ecs.ts';
import { GOLDEN_OPTIONS } from '../test/transform/golden-options.ts';

const FOLDER = new URL('../test/golden/', import.meta.url);
const INPUT = '.input.json';

const transform = createTransform(GOLDEN_OPTIONS);
const inputs = readdirSync(FOLDER).filter((name) => name.endsWith(INPUT));
for (const input of inputs) {
  const outcome = transform(parseJson(readFileSync(new URL(input, FOLDER), 'utf8')));
  const expected = outcome.kind === 'document' ? documentFields(outcome.document) : outcome;
  const file = new URL(input.replace(INPUT, '.expected.json'), FOLDER);
  writeFileSync(file, `${JSON.stringify(expected, undefined, 2)}\n`);
}
console.log(`${inputs.length} expected documents written`);
