import { createReadStream } from 'node:fs';
import Table from 'cli-table3';
import { type JsonValue, memberOf, parseJson } from '../core/json.ts';
import { linesOf } from './lines.ts';
import { grouped } from './progress.ts';

export interface DemoFigures {
  readonly eventsServed: number;
  readonly eventsRead: number;
  readonly requests: number;
  readonly seconds: number;
}

interface Tally {
  readonly ids: Set<string>;
  documents: number;
  readonly actions: Map<string, number>;
  readonly categories: Map<string, number>;
  readonly failedLogins: Map<string, number>;
}

const SHOWN = 8;

/** What a person wants to know of a file of documents, counted from the file itself. */
export async function describeDocuments(path: string, figures: DemoFigures): Promise<string> {
  const tally = await count(path);
  const { eventsServed, eventsRead, requests, seconds } = figures;
  const missing = eventsServed - tally.ids.size;
  const doubled = tally.documents - tally.ids.size;
  const failedLogins = sum(tally.failedLogins);
  const [worst] = ranked(tally.failedLogins);

  const lines = new Table({ style: { head: [], border: [] }, chars: NO_LINES, colAligns: ['left', 'right'] });
  lines.push(
    ['Events read', grouped(eventsRead)],
    ['Documents written', grouped(tally.documents)],
    ['Missing, written twice', `${grouped(missing)}, ${grouped(doubled)}`],
    ['Requests used', grouped(requests)],
    ['Time', `${seconds.toFixed(1)} s (${grouped(eventsRead / seconds)} events/s)`],
    [
      'Failed logins',
      worst === undefined ? '0' : `${grouped(failedLogins)} (${grouped(worst[1])} of them from ${worst[0]})`,
    ],
  );
  return `\n${lines.toString()}\n\n${sideBySide(tally)}\n`;
}

async function count(path: string): Promise<Tally> {
  const tally: Tally = {
    ids: new Set(),
    documents: 0,
    actions: new Map(),
    categories: new Map(),
    failedLogins: new Map(),
  };
  for await (const line of linesOf(createReadStream(path))) add(tally, parseJson(line));
  return tally;
}

function add(tally: Tally, document: JsonValue): void {
  const event = memberOf(document, 'event');
  const action = text(memberOf(event, 'action'));
  const category = memberOf(event, 'category');
  tally.documents += 1;
  tally.ids.add(text(memberOf(event, 'id')));
  increment(tally.actions, action);
  for (const name of Array.isArray(category) ? category : ['(none)']) increment(tally.categories, text(name));
  const isFailedLogin = text(memberOf(event, 'outcome')) === 'failure' && action.includes('login');
  if (isFailedLogin) increment(tally.failedLogins, place(memberOf(document, 'source')));
}

function place(source: JsonValue | undefined): string {
  const country = text(memberOf(memberOf(source, 'geo'), 'country_name'));
  return [text(memberOf(source, 'address')) || 'unknown', country && `(${country})`].filter(Boolean).join(' ');
}

function sideBySide({ actions, categories }: Tally): string {
  const table = new Table({
    head: ['Top actions', '', 'Categories', ''],
    style: { head: [], border: [] },
    chars: NO_LINES,
    colAligns: ['left', 'right', 'left', 'right'],
  });
  const left = ranked(actions).slice(0, SHOWN);
  const right = ranked(categories).slice(0, SHOWN);
  for (let row = 0; row < Math.max(left.length, right.length); row += 1)
    table.push([...cells(left[row]), ...cells(right[row])]);
  return table.toString();
}

function cells(entry: readonly [string, number] | undefined): [string, string] {
  return entry === undefined ? ['', ''] : [entry[0], grouped(entry[1])];
}

function ranked(counts: ReadonlyMap<string, number>): [string, number][] {
  return [...counts].sort((a, b) => b[1] - a[1]);
}

function sum(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((total, value) => total + value, 0);
}

function increment(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function text(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

const NO_LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: ' ',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};
