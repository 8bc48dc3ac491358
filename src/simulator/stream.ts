import type { JsonObject } from '../core/json.ts';
import { type BadEvent, type Defect, keyOf, spoil, spreadDefects } from './bad-events.ts';
import { createEventIds } from './event-id.ts';
import { createEvents } from './events.ts';
import { createTimeline, type Timeline, type TimelineOptions } from './timeline.ts';

/** The endless, growing list of events that the API serves parts of. */
export interface Stream {
  readonly timeline: Timeline;
  /** How many events, unusable ones included, there are at `nowMs`. */
  available(nowMs: number): number;
  event(index: number): JsonObject;
  /** Its index if there is such an event among the first `end`. */
  find(id: string, end: number): number | undefined;
  /** Ids of the usable events among the first `end`. */
  ids(end: number): Iterable<string>;
  badEvents(): readonly BadEvent[];
  readonly badCount: number;
  /** Ids of the events that tell the attack, in order. */
  storyIds(): readonly string[];
}

export interface StreamOptions extends TimelineOptions {
  readonly orgId: string;
  /** How many of the backlog are unusable. */
  readonly badEvents: number;
}

export function createStream(options: StreamOptions): Stream {
  const { seed, orgId, backlog, fromMs } = options;
  const ids = createEventIds(seed);
  const timeline = createTimeline(options);
  const events = createEvents({ seed, orgId, backlog, ids, timeline, fromMs });
  const defects = spreadDefects(options.badEvents, backlog, events.story.indexes);

  const event = (index: number): JsonObject => {
    const sound = events.at(index);
    const defect = defects.get(index);
    return defect === undefined ? sound : spoil(sound, defect);
  };

  const find = (id: string, end: number): number | undefined => {
    const index = ids.indexOf(id);
    return index === undefined || index >= end || defects.get(index) === 'no-id' ? undefined : index;
  };

  function* usableIds(end: number): Generator<string> {
    for (let index = 0; index < end; index += 1) if (!defects.has(index)) yield ids.at(index);
  }

  const bad = (index: number, defect: Defect): BadEvent => ({ index, defect, key: keyOf(event(index)) });

  return {
    timeline,
    available: timeline.available,
    event,
    find,
    ids: usableIds,
    badEvents: () => [...defects].map(([index, defect]) => bad(index, defect)).sort((a, b) => a.index - b.index),
    badCount: defects.size,
    storyIds: () => events.story.indexes.map(ids.at),
  };
}
