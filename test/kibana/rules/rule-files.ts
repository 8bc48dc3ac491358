import { readdirSync, readFileSync } from 'node:fs';
import { RULE_IDS } from '../../../scripts/kibana/rules/ids.ts';
import { parseJson } from '../../../src/core/json.ts';
import { type Rule, ruleFileSchema } from './rule-schema.ts';

const FOLDER = new URL('../../../kibana/security_rule/', import.meta.url);

const SLUGS: ReadonlyMap<string, string> = new Map(Object.entries(RULE_IDS).map(([slug, id]) => [id, slug]));

/** Every rule as it is installed, by its slug. Throws on a file that Kibana would not take. */
export function ruleFiles(): ReadonlyMap<string, Rule> {
  return new Map(
    readdirSync(FOLDER).map((name) => {
      const { id, attributes } = ruleFileSchema.parse(parseJson(readFileSync(new URL(name, FOLDER), 'utf8')));
      if (name !== `${id}.json`) throw new Error(`${name} holds the rule ${id}`);
      return [SLUGS.get(id) ?? id, attributes] as const;
    }),
  );
}
