import type { JsonObject, JsonValue } from '../../src/core/json.ts';
import { at } from './panels.ts';

/** What a document tells, read without any query: expectations are computed from it. */
export interface Told {
  readonly id: string;
  readonly fields: JsonObject;
  readonly atMs: number;
  readonly action: string;
  readonly outcome: string;
  readonly categories: readonly string[];
  readonly types: readonly string[];
  /** None where the document has no such field. */
  values(field: string): readonly string[];
}

export type Where = (event: Told) => boolean;

export function tell({ id, fields }: { readonly id: string; readonly fields: JsonObject }): Told {
  const values = (field: string) => textsOf(at(fields, ...field.split('.')));
  return {
    id,
    fields,
    atMs: Date.parse(String(fields['@timestamp'])),
    action: values('event.action')[0] ?? '',
    outcome: values('event.outcome')[0] ?? '',
    categories: values('event.category'),
    types: values('event.type'),
    values,
  };
}

function textsOf(value: JsonValue | undefined): readonly string[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value.map(String) : [String(value)];
}

export function distinctOf(events: readonly Told[], field: string): number {
  return new Set(events.flatMap((event) => event.values(field))).size;
}

export function datesOf(events: readonly Told[], field: string): readonly number[] {
  return events.flatMap((event) => event.values(field)).map((text) => Date.parse(text));
}

/** `Math.max` of a spread list overflows the stack. */
export const latestOf = (dates: readonly number[]): number => dates.reduce((one, other) => Math.max(one, other));
export const earliestOf = (dates: readonly number[]): number => dates.reduce((one, other) => Math.min(one, other));
