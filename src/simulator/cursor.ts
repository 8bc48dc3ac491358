import { Buffer } from 'node:buffer';
import { createHmac } from 'node:crypto';
import { type JsonValue, parseJson } from '../core/json.ts';

export type SortOrder = 'asc' | 'desc';

/** Everything a walk has to know; a cursor carries it, so the server remembers nothing. */
export interface Walk {
  readonly order: SortOrder;
  /** Ascending: index of the next event. Descending: the index above it. */
  readonly at: number;
  /** Bounds of `processedAt`, inclusive. */
  readonly fromMs: number | undefined;
  readonly toMs: number | undefined;
  /** Makes cursors of the same place differ. */
  readonly turn: number;
}

/** Clients see an opaque token; anything that was not made here is recognized as such. */
export interface Cursors {
  encode(walk: Walk): string;
  decode(cursor: string): Walk | undefined;
}

export function createCursors(seed: number): Cursors {
  const seal = (text: string): string =>
    createHmac('sha256', `cursor ${seed}`).update(text).digest('base64url').slice(0, 12);

  const encode = ({ order, at, fromMs, toMs, turn }: Walk): string => {
    const text = Buffer.from(JSON.stringify([order, at, fromMs ?? null, toMs ?? null, turn])).toString('base64url');
    return `${text}.${seal(text)}`;
  };

  const decode = (cursor: string): Walk | undefined => {
    const [text, mark] = cursor.split('.');
    if (text === undefined || mark !== seal(text)) return undefined;
    return walkOf(parseJson(Buffer.from(text, 'base64url').toString()));
  };

  return { encode, decode };
}

function walkOf(value: JsonValue): Walk | undefined {
  if (!Array.isArray(value)) return undefined;
  const [order, at, fromMs, toMs, turn]: readonly JsonValue[] = value;
  if ((order !== 'asc' && order !== 'desc') || typeof at !== 'number' || typeof turn !== 'number') return undefined;
  return { order, at, fromMs: numberOrNothing(fromMs), toMs: numberOrNothing(toMs), turn };
}

function numberOrNothing(value: JsonValue | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
