import type { JsonObject } from '../../../src/core/json.ts';
import { type Column, count, earliest, latest } from './column.ts';

/**
 * Lens keeps a formula together with the columns into which it takes it apart, the last one being the arithmetic. Where
 * the text and the parts disagree, Lens goes by the text.
 */
function formula(id: string, label: string, expression: Expression, format: JsonObject): Column {
  const { text, parts, math } = expression;
  const part = { label: `Part of ${label}`, customLabel: true };
  const arithmetic: Column = {
    id: `${id}X${parts.length}`,
    definition: {
      ...part,
      dataType: 'number',
      operationType: 'math',
      isBucketed: false,
      scale: 'ratio',
      params: { tinymathAst: { ...math, location: { min: 0, max: text.length }, text } },
      references: parts.map((column) => column.id),
    },
  };
  return {
    id,
    definition: {
      label,
      customLabel: true,
      dataType: 'number',
      operationType: 'formula',
      isBucketed: false,
      scale: 'ratio',
      params: { formula: text, isFormulaBroken: false, format },
      references: [arithmetic.id],
    },
    parts: [...parts.map((column) => ({ ...column, definition: { ...column.definition, ...part } })), arithmetic],
  };
}

interface Expression {
  readonly text: string;
  readonly parts: readonly Column[];
  readonly math: JsonObject;
}

/** How many of the documents are such, in per cent. */
export function share(label: string, only: string, id = 'share'): Column {
  const [some, all] = [`${id}X0`, `${id}X1`];
  return formula(
    id,
    label,
    {
      text: `count(kql='${only}') / count()`,
      parts: [count(label, { id: some, only }), count(label, { id: all })],
      math: call('divide', some, all),
    },
    { id: 'percent', params: { decimals: 1 } },
  );
}

/** The last seven days as a multiple of an average week of the four weeks before now. */
export function againstFourWeeks(label: string, id = 'against-four-weeks'): Column {
  const [week, month] = [`${id}X0`, `${id}X1`];
  return formula(
    id,
    label,
    {
      text: `count(reducedTimeRange='7d') / (count() / 4)`,
      parts: [count(label, { id: week, within: '7d' }), count(label, { id: month })],
      math: call('divide', week, call('divide', month, 4)),
    },
    { id: 'number', params: { decimals: 1, suffix: '×' } },
  );
}

/**
 * Seconds from the API's processing to arrival, of the first or of the last event of an interval: what can be said of
 * two dates of a document without a field for their difference.
 */
export function lag(label: string, of: 'first' | 'last'): Column {
  const id = `lag-${of}`;
  const [arrived, processed] = [`${id}X0`, `${id}X1`];
  const [pick, name] = of === 'first' ? ([earliest, 'min'] as const) : ([latest, 'max'] as const);
  return formula(
    id,
    label,
    {
      text: `(${name}(event.ingested) - ${name}(event.created)) / 1000`,
      parts: [pick('event.ingested', label, arrived), pick('event.created', label, processed)],
      math: call('divide', call('subtract', arrived, processed), 1_000),
    },
    { id: 'number', params: { decimals: 0, suffix: ' s' } },
  );
}

function call(name: string, ...args: readonly (string | number | JsonObject)[]): JsonObject {
  return { type: 'function', name, args };
}
