import { isJsonObject, type JsonValue, textsIn } from '../../src/core/json.ts';
import { type LensColumn, param } from './lens-layer.ts';
import { at } from './panels.ts';

/** The value of a formula from those of its parts; `null` where one has none, and for a division by nothing. */
export function arithmetic(
  formula: LensColumn,
  columns: readonly LensColumn[],
  parts: ReadonlyMap<string, number | null>,
): number | null {
  const [reference] = textsIn(formula.definition['references']);
  const math = columns.find(({ id }) => id === reference);
  if (math?.operation !== 'math') throw new Error(`${formula.label}: no arithmetic`);
  return evaluate(param(math, 'tinymathAst'), parts);
}

function evaluate(node: JsonValue | undefined, parts: ReadonlyMap<string, number | null>): number | null {
  if (typeof node === 'number') return node;
  if (typeof node === 'string') return parts.get(node) ?? null;
  const args = at(node, 'args');
  const [left, right] = (Array.isArray(args) ? args : []).map((arg: JsonValue) => evaluate(arg, parts));
  if (!isJsonObject(node) || left === undefined || right === undefined) throw new Error('no arithmetic');
  if (left === null || right === null) return null;
  if (node['name'] === 'subtract') return left - right;
  if (node['name'] === 'divide') return right === 0 ? null : left / right;
  throw new Error(`no such function: ${String(node['name'])}`);
}
