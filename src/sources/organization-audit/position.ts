import { CorruptPositionError } from '../../core/errors.ts';
import { isJsonObject, type JsonValue } from '../../core/json.ts';
import type { Position } from '../../core/page.ts';

/** All moments in epoch milliseconds. */
export interface AuditPosition {
  /** Where the first run began; nothing older is ever asked for. */
  readonly startMs: number;
  /** How far the stream has been read, by `processedAt`; never ahead of our clock. */
  readonly watermarkMs: number;
  /** Ids of events before this moment may be forgotten by the ledger; reading never goes back beyond it. */
  readonly rememberedFromMs: number;
  /** The API's own position; `null`: go on from the watermark. */
  readonly cursor: string | null;
  /** Empty pages since the last event, within one walk. */
  readonly emptyPages: number;
  /** How often the cursor had to be forgotten since the watermark last moved. */
  readonly cursorsForgotten: number;
}

/** What one answer told. */
export interface PageFacts {
  readonly events: number;
  /** How far the stream has come by this page; `undefined` if no event says. */
  readonly reachedMs: number | undefined;
  readonly cursor: string | null;
  /** The cursor was asked for already during this walk. */
  readonly cursorRepeats: boolean;
}

interface Surroundings {
  readonly nowMs: number;
  readonly overlapMs: number;
}

export interface Step {
  readonly position: AuditPosition;
  readonly caughtUp: boolean;
}

const CAUGHT_UP_AFTER_EMPTY_PAGES = 2;
/** After as many forgotten cursors without a newer event another try is worth a pause. */
const MAX_CURSORS_FORGOTTEN = 3;

export function firstPosition(startMs: number): AuditPosition {
  return { startMs, watermarkMs: startMs, rememberedFromMs: startMs, cursor: null, emptyPages: 0, cursorsForgotten: 0 };
}

/**
 * Where to read from without a cursor: the watermark less the overlap. Once that has failed to bring anything
 * newer, the watermark itself, which gets ahead even where the overlap fills whole pages.
 */
export function resumeFromMs(position: AuditPosition, overlapMs: number): number {
  const overlap = position.cursorsForgotten > 1 ? 0 : overlapMs;
  return Math.max(position.startMs, position.rememberedFromMs, position.watermarkMs - overlap);
}

/**
 * The position after a page. Caught up means: no cursor, the same cursor with an empty page, or two empty pages
 * running. A cursor that comes back with events would be a loop: it is forgotten.
 */
export function advance(before: AuditPosition, facts: PageFacts, { nowMs, overlapMs }: Surroundings): Step {
  const reachedMs = Math.min(facts.reachedMs ?? before.watermarkMs, nowMs);
  const watermarkMs = Math.max(before.watermarkMs, reachedMs);
  const moved = watermarkMs > before.watermarkMs;
  const rememberedFromMs = Math.max(before.rememberedFromMs, watermarkMs - overlapMs);
  const cursorsForgotten = moved ? 0 : before.cursorsForgotten;
  const position = { ...before, watermarkMs, rememberedFromMs, cursorsForgotten };

  if (facts.cursor === null) return caughtUp({ ...position, cursor: null });
  if (facts.events > 0 && facts.cursorRepeats) return forgetCursor(position);
  if (facts.events > 0) return goOn({ ...position, cursor: facts.cursor, emptyPages: 0 });
  const emptyPages = position.emptyPages + 1;
  const settled = facts.cursor === before.cursor || emptyPages >= CAUGHT_UP_AFTER_EMPTY_PAGES;
  return settled
    ? caughtUp({ ...position, cursor: facts.cursor })
    : goOn({ ...position, cursor: facts.cursor, emptyPages });
}

/** The cursor is of no use: go on from the watermark. */
export function forgetCursor(position: AuditPosition): Step {
  const cursorsForgotten = position.cursorsForgotten + 1;
  const next = { ...position, cursor: null, emptyPages: 0, cursorsForgotten };
  return cursorsForgotten > MAX_CURSORS_FORGOTTEN ? caughtUp(next) : goOn(next);
}

function caughtUp(position: AuditPosition): Step {
  return { position: { ...position, emptyPages: 0 }, caughtUp: true };
}

function goOn(position: AuditPosition): Step {
  return { position, caughtUp: false };
}

export function writePosition(position: AuditPosition): Position {
  return { ...position };
}

export function readPosition(stored: Position): AuditPosition {
  if (isJsonObject(stored)) {
    const { startMs, watermarkMs, rememberedFromMs, cursor, emptyPages, cursorsForgotten } = stored;
    if (
      isCount(startMs) &&
      isCount(watermarkMs) &&
      isCount(rememberedFromMs) &&
      isCount(emptyPages) &&
      isCount(cursorsForgotten) &&
      isCursor(cursor)
    ) {
      return { startMs, watermarkMs, rememberedFromMs, cursor, emptyPages, cursorsForgotten };
    }
  }
  throw new CorruptPositionError(
    'The stored position of this organization is not one that this version understands. ' +
      'Look at it with "atlassian-shipper state show"; "state reset" starts again from the configured look-back.',
  );
}

function isCount(value: JsonValue | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isCursor(value: JsonValue | undefined): value is string | null {
  return value === null || (typeof value === 'string' && value.length > 0);
}
