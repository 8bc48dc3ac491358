import type { JsonObject } from '../core/json.ts';
import type { Cursors, Walk } from './cursor.ts';
import type { Quirks, TerminalPage } from './options.ts';
import type { Stream } from './stream.ts';
import { cutWindow, type Window } from './window.ts';

/** Faults that are in the page itself. */
export type PageFault = 'repeat-cursor' | 'empty-page-new-cursor' | 'repeat-events';

export interface PageRequest {
  readonly walk: Walk;
  readonly limit: number;
  /** The cursor that was sent, if any. */
  readonly cursor: string | undefined;
  readonly nowMs: number;
  readonly fault: PageFault | undefined;
}

export interface RenderedPage {
  readonly json: string;
  readonly rows: number;
}

export interface PageStyle {
  /** The URL of the list, without a query. */
  readonly url: string;
  readonly terminalPage: TerminalPage;
  readonly quirks: Quirks;
}

const SERVED_AGAIN = 3;

/** Turns a walk into the JSON of its next page. */
export function createPages(
  stream: Stream,
  cursors: Cursors,
  style: PageStyle,
): (request: PageRequest) => RenderedPage {
  return (request) => {
    const window = windowOf(stream, request);
    const next = nextCursor(window, request, cursors, style);
    const rows = window.indexes.map((index) => JSON.stringify(stream.event(index)));
    const meta = JSON.stringify(metaOf(next, request.limit, rows.length, style));
    const links = JSON.stringify(linksOf(next, request.cursor, style));
    return { json: `{"data":[${rows.join(',')}],"meta":${meta},"links":${links}}`, rows: rows.length };
  };
}

function windowOf(stream: Stream, { walk, limit, nowMs, fault }: PageRequest): Window {
  if (fault === 'empty-page-new-cursor') return { indexes: [], next: { ...walk, turn: walk.turn + 1 }, more: true };
  return cutWindow(stream, walk, { limit, nowMs, again: fault === 'repeat-events' ? SERVED_AGAIN : 0 });
}

/** `undefined` stands for the end of the list, in the terminal style of the simulator. */
function nextCursor(window: Window, request: PageRequest, cursors: Cursors, style: PageStyle): string | undefined {
  const { cursor, fault } = request;
  const { terminalPage, quirks } = style;
  if (fault === 'repeat-cursor' && cursor !== undefined) return cursor;
  const isEmpty = window.indexes.length === 0;
  if (window.more) return cursors.encode(window.next);
  if (terminalPage === 'cursor') {
    const turn = window.next.turn + (isEmpty && quirks.freshCursorOnEmptyPage === true ? 1 : 0);
    return cursors.encode({ ...window.next, turn });
  }
  return quirks.extraEmptyLastPage === true && !isEmpty ? cursors.encode(window.next) : undefined;
}

/** `total` is what the real API gives there: the rows of this page. */
function metaOf(
  next: string | undefined,
  limit: number,
  rows: number,
  { terminalPage, quirks }: PageStyle,
): JsonObject {
  const meta: JsonObject = { page_size: limit, count: rows, total: rows, current: null, prev: null, attributes: null };
  if (quirks.cursorOnlyInLink === true) return meta;
  if (next === undefined && terminalPage === 'absent') return meta;
  return { next: next ?? null, ...meta };
}

function linksOf(next: string | undefined, cursor: string | undefined, { url, quirks }: PageStyle): JsonObject {
  if (next === undefined) return {};
  const linkUrl = quirks.linkOrigin === undefined ? url : `${quirks.linkOrigin}${new URL(url).pathname}`;
  return { self: cursor === undefined ? url : withCursor(url, cursor), next: withCursor(linkUrl, next) };
}

function withCursor(url: string, cursor: string): string {
  return `${url}?cursor=${encodeURIComponent(cursor)}`;
}
