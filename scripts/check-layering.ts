/** Checks the import rules of `.dependency-cruiser.json`, and that the checker saw every source file: it passes on nothing, too. */
import { globSync, readFileSync } from 'node:fs';
import { cruise, type ICruiseOptions, type ICruiseResult, type IRuleSetType } from 'dependency-cruiser';

interface RulesFile extends IRuleSetType {
  readonly options: ICruiseOptions;
}

const { options, ...ruleSet }: RulesFile = JSON.parse(readFileSync('.dependency-cruiser.json', 'utf8'));
const { output } = await cruise(['src'], { ...options, ruleSet, validate: true });
if (typeof output === 'string') throw new Error('dependency-cruiser answered with text');
const { modules, summary }: ICruiseResult = output;

const seen = modules.filter(({ source }) => source.startsWith('src/')).length;
const present = globSync('src/**/*.{ts,tsx}').length;
for (const { rule, from, to } of summary.violations) console.error(`${rule.name}: ${from} -> ${to}`);
if (seen < present) console.error(`only ${seen} of ${present} source files were seen`);
if (summary.violations.length > 0 || seen < present) process.exitCode = 1;
else console.log(`layering: ${seen} source files, no import against the rules`);
