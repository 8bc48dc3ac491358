import { createRecent } from '../recent.ts';
import type { PersonalField } from './config.ts';
import { literalPattern, namePartsPattern, namePattern, partsOf } from './names.ts';
import type { PersonalData } from './personal-data.ts';
import { createReplacements, type PrivacyOptions } from './replacements.ts';

/** One value to be taken out. */
export type Step = {
  readonly pattern: RegExp;
  readonly by: string;
  /** Where none of these is in the text in lower case, the pattern is not found: cheap to tell. */
  readonly landmarks: readonly string[];
};

export interface Steps {
  /** In the order in which they are to be applied. Nothing for what is kept. */
  for(data: PersonalData): readonly Step[];
  /** What stands in the place of a value; the value itself if it is kept. */
  replacement(field: PersonalField, value: string): string;
}

type PatternOf = (value: string) => RegExp;

/** People come again and again, and patterns are dear. */
const MAX_REMEMBERED = 5_000;

export function createSteps(options: PrivacyOptions): Steps {
  const replacements = createReplacements(options);
  const recent = createRecent<Step>(MAX_REMEMBERED);

  function stepsFor(field: PersonalField, values: ReadonlySet<string>, patternOf: PatternOf): readonly Step[] {
    if (options.fields[field] === 'keep') return [];
    return longestFirst(values).map((value) => {
      const key = `${field} ${patternOf.name} ${value}`;
      const step = recent.get(key) ?? stepFor(field, value, patternOf);
      recent.set(key, step);
      return step;
    });
  }

  function stepFor(field: PersonalField, value: string, patternOf: PatternOf): Step {
    const landmarks = patternOf === namePartsPattern ? partsOf(value).map(landmarkOf) : [landmarkOf(value)];
    return { pattern: patternOf(value), by: replacements.of(field, value) ?? value, landmarks };
  }

  return {
    for: ({ emails, ids, addresses, names }) => [
      ...stepsFor('user.email', emails, literalPattern),
      ...stepsFor('user.id', ids, literalPattern),
      ...stepsFor('source.ip', addresses, literalPattern),
      // Words by themselves last: a first name may belong to several.
      ...stepsFor('user.name', names, namePattern),
      ...stepsFor('user.name', names, namePartsPattern),
    ],
    replacement: (field, value) => replacements.of(field, value) ?? value,
  };
}

export function applied(steps: readonly Step[], text: string): string {
  const lower = text.toLowerCase();
  return steps.reduce(
    (rest, { pattern, by, landmarks }) =>
      landmarks.some((landmark) => lower.includes(landmark)) ? rest.replace(pattern, () => by) : rest,
    text,
  );
}

/** Plain letters and digits are spelled alike everywhere; empty, which is in every text, if there are none. */
function landmarkOf(value: string): string {
  const runs = value.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return runs.reduce((longest, run) => (run.length > longest.length ? run : longest), '');
}

/** A name may be the beginning of another. */
function longestFirst(values: ReadonlySet<string>): readonly string[] {
  return [...values].sort((one, other) => other.length - one.length);
}
