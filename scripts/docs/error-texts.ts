import { globSync, readFileSync } from 'node:fs';
import { parseSync } from 'vite';
import { isJsonObject, type JsonObject, type JsonValue, objectsIn, parseJson } from '../../src/core/json.ts';

/** A text that tells somebody what is wrong, as the source has it; what is filled in stands in angle brackets. */
export interface ErrorText {
  readonly file: string;
  /** `undefined` where the text stands alone. */
  readonly code: string | undefined;
  readonly message: string;
  /** Often part of the message. */
  readonly remedy: string;
}

/** All of them, read off the sources. */
export function errorTexts(): readonly ErrorText[] {
  return globSync('src/**/*.ts', { exclude: ['src/page/**', 'src/simulator/**'] })
    .toSorted()
    .flatMap((file) => {
      const source = readFileSync(file, 'utf8');
      const tree = parseJson(JSON.stringify(parseSync(file, source).program, withoutBigInts));
      const nodes = nodesOf(tree);
      const named = constantsIn(nodes, source);
      return nodes
        .flatMap((node) => textOf(node, source))
        .map((text) => ({ file, ...withConstants(text, named) }))
        .filter(({ message }) => /[a-z]{3}/.test(message.replaceAll(/<[^>]*>/g, '')));
    });
}

/** Literals may hold some, and JSON has none. */
function withoutBigInts(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}

/** Sentences that several texts share have a name in capitals. */
function constantsIn(nodes: readonly JsonObject[], source: string): ReadonlyMap<string, string> {
  const named = nodes
    .filter(({ type, id }) => type === 'VariableDeclarator' && /^[A-Z_]+$/.test(nameOf(id)))
    .map(({ id, init }) => [nameOf(id), written(init, source)] as const);
  return new Map(named.flatMap(([name, text]) => (text === undefined ? [] : [[name, text] as const])));
}

function withConstants({ code, message, remedy }: Text, named: ReadonlyMap<string, string>): Text {
  const filled = (text: string) => text.replaceAll(/<([A-Z_]+)>/g, (whole, name: string) => named.get(name) ?? whole);
  return { code, message: filled(message), remedy: filled(remedy) };
}

type Text = Omit<ErrorText, 'file'>;

function nodesOf(value: JsonValue | undefined): readonly JsonObject[] {
  if (Array.isArray(value)) return value.flatMap((item: JsonValue) => nodesOf(item));
  if (!isJsonObject(value)) return [];
  const below = Object.values(value).flatMap((member) => nodesOf(member));
  return typeof value['type'] === 'string' ? [value, ...below] : below;
}

function textOf(node: JsonObject, source: string): readonly Text[] {
  switch (node['type']) {
    case 'ObjectExpression':
      return problemOf(node, source);
    case 'CallExpression':
      return /^(problem|notice)$/.test(nameOf(node['callee'])) ? calledProblem(node, source) : [];
    case 'NewExpression':
      return /^(?!Range|Syntax|Type|Shutdown|Deadline).+Error$/.test(nameOf(node['callee']))
        ? thrown(node, source)
        : [];
    default:
      return [];
  }
}

/** `{ code, message, remedy }` */
function problemOf(node: JsonObject, source: string): readonly Text[] {
  const members = new Map(
    objectsIn(node['properties']).map((property) => [nameOf(property['key']), property['value']] as const),
  );
  const [code, message, remedy] = ['code', 'message', 'remedy'].map((name) => written(members.get(name), source));
  if (message === undefined || remedy === undefined) return [];
  return [{ code, message, remedy }];
}

/** `problem(code, message, said, remedy)`, with the words of a server in between. */
function calledProblem(node: JsonObject, source: string): readonly Text[] {
  const given = objectsIn(node['arguments']).map((argument) => written(argument, source));
  const [code, message, ...others] = given;
  return message === undefined ? [] : [{ code, message, remedy: others.at(-1) ?? '' }];
}

function thrown(node: JsonObject, source: string): readonly Text[] {
  const [first] = objectsIn(node['arguments']);
  const message = written(first, source);
  return message === undefined || !/[a-z]{3}/.test(message) ? [] : [{ code: undefined, message, remedy: '' }];
}

function nameOf(node: JsonValue | undefined): string {
  const name = isJsonObject(node) ? node['name'] : undefined;
  return typeof name === 'string' ? name : '';
}

/** A literal, a template or a sum of them, as one text; `undefined` for anything else. */
function written(node: JsonValue | undefined, source: string): string | undefined {
  if (!isJsonObject(node)) return undefined;
  switch (node['type']) {
    case 'Literal':
      return typeof node['value'] === 'string' ? node['value'] : undefined;
    case 'TemplateLiteral':
      return template(node, source);
    case 'BinaryExpression': {
      const [left, right] = [written(node['left'], source), written(node['right'], source)];
      return left === undefined || right === undefined ? undefined : left + right;
    }
    case 'Identifier':
    case 'CallExpression':
    case 'ConditionalExpression':
    case 'MemberExpression':
      return filledIn(node, source);
    default:
      return undefined;
  }
}

function template(node: JsonObject, source: string): string {
  const expressions = objectsIn(node['expressions']);
  return objectsIn(node['quasis'])
    .map((quasi, index) => {
      const cooked = isJsonObject(quasi['value']) ? quasi['value']['cooked'] : '';
      const expression = expressions[index];
      return `${String(cooked)}${expression === undefined ? '' : filledIn(expression, source)}`;
    })
    .join('');
}

/** Where the words of a server follow, or the name of what is filled in. */
function filledIn({ start, end }: JsonObject, source: string): string {
  const code = source.slice(Number(start), Number(end));
  if (code.startsWith('quoted(')) return '<: what was said>';
  if (code.startsWith('wayOut(')) return '<depends on what went wrong>';
  if (/^[A-Z_]+$/.test(code)) return `<${code}>`;
  const [name = 'number'] = code.match(/[A-Za-z]+(?=\W*$)/) ?? [];
  return `<${name.replaceAll(/([A-Z])/g, ' $1').toLowerCase()}>`;
}
