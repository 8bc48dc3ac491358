import type { Walk } from './cursor.ts';
import type { Stream } from './stream.ts';

/** The events of one page, in the order they are served, and where the walk goes on. */
export interface Window {
  readonly indexes: readonly number[];
  readonly next: Walk;
  /** False when, for now, the walk has come to its end. */
  readonly more: boolean;
}

export interface WindowOptions {
  readonly limit: number;
  readonly nowMs: number;
  /** How many events of the page before to serve again at the beginning of this one, if the page has new ones. */
  readonly again: number;
}

/** Gives a walk that begins its place. */
export function beginWalk(stream: Stream, walk: Walk | Omit<Walk, 'at'>, nowMs: number): Walk {
  if ('at' in walk) return walk;
  const end = stream.available(nowMs);
  if (walk.order === 'asc') return { ...walk, at: stream.timeline.firstFrom(walk.fromMs ?? 0, end) };
  return { ...walk, at: endOf(stream, walk, nowMs) };
}

export function cutWindow(stream: Stream, walk: Walk, options: WindowOptions): Window {
  return walk.order === 'asc' ? ascending(stream, walk, options) : descending(stream, walk, options);
}

function ascending(stream: Stream, walk: Walk, { limit, nowMs, again }: WindowOptions): Window {
  const upper = Math.max(walk.at, endOf(stream, walk, nowMs));
  const served = walk.at - Math.min(walk.at, stream.timeline.firstFrom(walk.fromMs ?? 0, upper));
  const repeated = upper > walk.at ? Math.min(again, limit - 1, served) : 0;
  const first = walk.at - repeated;
  const end = Math.min(upper, first + limit);
  return { indexes: range(first, end), next: { ...walk, at: end }, more: end < upper };
}

function descending(stream: Stream, walk: Walk, { limit, nowMs, again }: WindowOptions): Window {
  const available = stream.available(nowMs);
  const lower = Math.min(walk.at, stream.timeline.firstFrom(walk.fromMs ?? 0, available));
  const repeated = lower < walk.at ? Math.min(again, limit - 1, endOf(stream, walk, nowMs) - walk.at) : 0;
  const end = walk.at + repeated;
  const first = Math.max(lower, end - limit);
  return { indexes: range(first, end).reverse(), next: { ...walk, at: first }, more: first > lower };
}

/** The index after the last event within the bounds of the walk. */
function endOf(stream: Stream, { toMs }: Omit<Walk, 'at'>, nowMs: number): number {
  const available = stream.available(nowMs);
  return toMs === undefined ? available : stream.timeline.firstFrom(toMs + 1, available);
}

function range(first: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - first) }, (_, offset) => first + offset);
}
