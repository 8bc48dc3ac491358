import { expect } from 'vitest';
import type { LensColumn } from './lens-layer.ts';
import { MEANINGS, type Measure } from './measures.ts';
import type { PanelRow } from './panel-search.ts';
import { datesOf, type Told, type Where } from './told.ts';

/**
 * What a panel must show: counted again from the documents, by predicates of its own, row by row and column by column,
 * and then what its rows tell of the four weeks.
 */
export interface Expected {
  /** Which events it is about. */
  readonly where?: Where;
  /** How rows are made, by labels of columns in their order: a field, or what an event counts as. */
  readonly groups?: Readonly<Record<string, Group>>;
  /** Of the first group, other than for time: all values, those most frequent, those that at most so many have, or as many, chosen in a way that `tells` looks at. */
  readonly shows?: 'all' | { readonly most: number } | { readonly rare: number } | { readonly chosen: number };
  /** Columns that are not in `MEANINGS`. */
  readonly measures?: Readonly<Record<string, Measure>>;
  /** In words of the story. */
  readonly tells?: (rows: readonly PanelRow[], events: readonly Told[]) => void;
}

/** A field by its values, a field by intervals, or what no single field tells. */
export type Group = string | { readonly field?: string; readonly of: (event: Told) => readonly string[] };

const INTERVAL_MS = 12 * 3_600_000;

/** Columns are of the fields that are meant, and not of others that have the same values in the demo. */
export function expectFields(columns: readonly LensColumn[], { groups = {} }: Expected): void {
  const meant = Object.fromEntries(
    columns.map(({ label, field }) => [label, fieldOf(groups[label]) ?? MEANINGS[label]?.field ?? field]),
  );
  expect(Object.fromEntries(columns.map(({ label, field }) => [label, field]))).toEqual(meant);
}

function fieldOf(group: Group | undefined): string | undefined {
  return typeof group === 'string' ? group : group?.field;
}

export function expectRecounted(rows: readonly PanelRow[], expected: Expected, all: readonly Told[]): void {
  const { where = () => true, groups = {}, measures = {}, tells } = expected;
  const events = all.filter(where);
  expect(events.length, 'the documents have such events').toBeGreaterThan(0);
  expect(rows.length, 'rows').toBeGreaterThan(0);
  const labels = Object.keys(groups);
  const counted = Map.groupBy(
    events.flatMap((event) => keysOf(event, groups).map((key) => ({ key, event }))),
    ({ key }) => key,
  );
  for (const row of rows) {
    const mine = (counted.get(labels.map((label) => row[label]).join(' | ')) ?? []).map(({ event }) => event);
    for (const [label, value] of Object.entries(row).filter(([name]) => !labels.includes(name))) {
      const measure = measures[label] ?? MEANINGS[label]?.of;
      if (measure === undefined) throw new Error(`no expectation for the column ${label}`);
      // A group of time may be empty.
      if (mine.length === 0) expect([0, null], `${label} of nothing`).toContain(value);
      else expectClose(value, measure(mine), `${label} of ${JSON.stringify(row)}`);
    }
  }
  const [first] = labels;
  if (first !== undefined) expectShown(rows, first, expected, events);
  if (labels.length > 1) expectNothingInvented(rows, labels, counted);
  tells?.(rows, all);
}

function expectClose(value: string | number | null | undefined, counted: number | null, what: string): void {
  if (typeof value === 'number' && counted !== null) expect(value, what).toBeCloseTo(counted, 6);
  else expect(value, what).toBe(counted);
}

function keysOf(event: Told, groups: NonNullable<Expected['groups']>): readonly string[] {
  return Object.values(groups).reduce<readonly string[]>(
    (before, group, index) => {
      const own = valuesOf(event, group);
      return before.flatMap((key) => own.map((value) => (index === 0 ? value : `${key} | ${value}`)));
    },
    [''],
  );
}

function valuesOf(event: Told, group: Group): readonly string[] {
  return typeof group === 'string' ? [...new Set(event.values(group))] : group.of(event);
}

/** A group by intervals of a date. */
export const interval = (field = '@timestamp'): Group => ({
  field,
  of: (event) => datesOf([event], field).map((ms) => String(Math.floor(ms / INTERVAL_MS) * INTERVAL_MS)),
});

/** None of those left out may have more than any of those shown. */
function expectShown(
  rows: readonly PanelRow[],
  label: string,
  { groups = {}, shows = 'all' }: Expected,
  events: readonly Told[],
): void {
  const group = groups[label];
  if (group === undefined) return;
  const keys = events.flatMap((event) => valuesOf(event, group));
  const counts = new Map([...Map.groupBy(keys, (key) => key)].map(([key, { length }]) => [key, length]));
  const shown = new Set(rows.map((row) => String(row[label])));
  const leftOut = [...counts].filter(([key]) => !shown.has(key));
  if (shows === 'all') expect(leftOut, 'left out').toEqual([]);
  else if ('chosen' in shows) expect(shown.size).toBe(Math.min(shows.chosen, counts.size));
  else if ('rare' in shows) {
    expect(
      leftOut.filter(([, count]) => count <= shows.rare),
      'rare and left out',
    ).toEqual([]);
    expect(
      [...shown].filter((key) => (counts.get(key) ?? 0) > shows.rare),
      'shown, not rare',
    ).toEqual([]);
  } else {
    expect(shown.size).toBe(Math.min(shows.most, counts.size));
    const least = Math.min(...[...shown].map((key) => counts.get(key) ?? 0));
    expect(
      leftOut.filter(([, count]) => count > least),
      'more frequent and left out',
    ).toEqual([]);
  }
}

function expectNothingInvented(
  rows: readonly PanelRow[],
  labels: readonly string[],
  counted: ReadonlyMap<string, unknown>,
): void {
  const full = rows.filter((row) =>
    Object.entries(row).some(([label, value]) => !labels.includes(label) && value !== 0 && value !== null),
  );
  expect(full.filter((row) => !counted.has(labels.map((label) => row[label]).join(' | ')))).toEqual([]);
  expect(full.length).toBeGreaterThan(0);
}
