import { isJsonObject, type JsonValue } from '../core/json.ts';
import type { ConfigIssue } from './issues.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

const REFERENCE = /\$\$|\$\{([^}]*)\}/g;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * Puts environment variables in place of `${VAR}` in every text of the configuration; `$$` is a dollar sign.
 * Works on parsed YAML, so that a value can't change the structure. A variable that is not set is an issue.
 */
export function interpolate(value: JsonValue, env: Environment): { value: JsonValue; issues: ConfigIssue[] } {
  const issues: ConfigIssue[] = [];

  function fill(text: string, path: readonly PropertyKey[]): string {
    return text.replace(REFERENCE, (reference, name: string | undefined) => {
      if (name === undefined) return '$';
      const found = NAME.test(name) ? env[name] : undefined;
      if (found === undefined) issues.push({ path, message: `${reference} is not set in the environment` });
      return found ?? '';
    });
  }

  function walk(node: JsonValue, path: readonly PropertyKey[]): JsonValue {
    if (typeof node === 'string') return fill(node, path);
    if (Array.isArray(node)) return node.map((item: JsonValue, index) => walk(item, [...path, index]));
    if (!isJsonObject(node)) return node;
    // What checks the rest would drop it without a word.
    if (Object.hasOwn(node, '__proto__')) issues.push({ path: [...path, '__proto__'], message: 'can not be a key' });
    return Object.fromEntries(Object.entries(node).map(([key, member]) => [key, walk(member ?? null, [...path, key])]));
  }

  return { value: walk(value, []), issues };
}
