import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CorruptPositionError } from '../../../src/core/errors.ts';
import type { JsonValue } from '../../../src/core/json.ts';
import {
  type AuditPosition,
  advance,
  firstPosition,
  forgetCursor,
  type PageFacts,
  readPosition,
  resumeFromMs,
  writePosition,
} from '../../../src/sources/organization-audit/position.ts';

const MAX_MS = 4_000_000_000_000;
const OVERLAP_MS = 600_000;
const moment = fc.integer({ min: 0, max: MAX_MS });
const cursor = fc.option(fc.constantFrom('a', 'b', 'c', 'd'), { nil: null });

const position: fc.Arbitrary<AuditPosition> = fc
  .record({
    startMs: moment,
    watermarkMs: moment,
    behindMs: fc.integer({ min: 0, max: 700_000_000 }),
    cursor,
    emptyPages: fc.integer({ min: 0, max: 1 }),
    cursorsForgotten: fc.integer({ min: 0, max: 5 }),
  })
  .map(({ behindMs, ...drawn }) => {
    const watermarkMs = Math.max(drawn.watermarkMs, drawn.startMs);
    return { ...drawn, watermarkMs, rememberedFromMs: Math.max(drawn.startMs, watermarkMs - behindMs) };
  });

const facts: fc.Arbitrary<PageFacts> = fc
  .record({
    events: fc.integer({ min: 0, max: 3 }),
    reachedMs: fc.option(moment, { nil: undefined }),
    cursor,
    cursorRepeats: fc.boolean(),
  })
  .map((drawn) => (drawn.events === 0 ? { ...drawn, reachedMs: undefined } : drawn));

describe('the watermark', () => {
  test('never goes back, and never ahead of our clock by an event', () => {
    fc.assert(
      fc.property(position, facts, moment, (before, page, nowMs) => {
        const { watermarkMs } = advance(before, page, { nowMs, overlapMs: OVERLAP_MS }).position;
        expect(watermarkMs).toBeGreaterThanOrEqual(before.watermarkMs);
        expect(watermarkMs).toBeLessThanOrEqual(Math.max(before.watermarkMs, nowMs));
      }),
    );
  });

  test('is what reading without a cursor begins at or before, and never before the start', () => {
    fc.assert(
      fc.property(position, fc.integer({ min: 0, max: 700_000_000 }), (at, overlapMs) => {
        const fromMs = resumeFromMs(at, overlapMs);
        expect(fromMs).toBeLessThanOrEqual(at.watermarkMs);
        expect(fromMs).toBeGreaterThanOrEqual(at.startMs);
        expect(fromMs).toBeGreaterThanOrEqual(at.rememberedFromMs);
        if (at.cursorsForgotten <= 1) expect(fromMs).toBe(Math.max(at.rememberedFromMs, at.watermarkMs - overlapMs));
      }),
    );
  });
});

test('reading never goes back to where ids may be forgotten, even with a larger overlap than before', () => {
  const overlap = fc.integer({ min: 0, max: 700_000_000 });
  fc.assert(
    fc.property(position, fc.array(fc.tuple(facts, overlap)), overlap, (from, pages, laterOverlapMs) => {
      let at = from;
      let forgottenBelowMs = 0;
      for (const [page, overlapMs] of pages) {
        at = advance(at, page, { nowMs: MAX_MS, overlapMs }).position;
        forgottenBelowMs = Math.max(forgottenBelowMs, at.rememberedFromMs);
      }
      expect(resumeFromMs(at, laterOverlapMs)).toBeGreaterThanOrEqual(forgottenBelowMs);
    }),
  );
});

describe('caught up', () => {
  test('means: no cursor, the same cursor with an empty page, or two empty pages running; never fewer', () => {
    fc.assert(
      fc.property(position, facts, moment, (before, page, nowMs) => {
        const { caughtUp, position: after } = advance(before, page, { nowMs, overlapMs: OVERLAP_MS });
        const isEmpty = page.events === 0;
        const expected =
          page.cursor === null ||
          (isEmpty && (page.cursor === before.cursor || before.emptyPages >= 1)) ||
          (!isEmpty && page.cursorRepeats && after.cursorsForgotten > 3);
        expect(caughtUp).toBe(expected);
      }),
    );
  });

  test('comes in the end: nothing goes on for ever without a newer event or a new cursor', () => {
    fc.assert(
      fc.property(
        position,
        fc.array(facts, { minLength: 60, maxLength: 60 }),
        fc.infiniteStream(fc.boolean()),
        (from, pages, refusals) => {
          let at = from;
          const asked = new Set<string>();
          let withoutNews = 0;
          for (const page of pages) {
            if (at.cursor === null) asked.clear();
            else asked.add(at.cursor);
            const refused = at.cursor !== null && (refusals.next().value ?? false);
            const cursorRepeats = page.cursor !== null && asked.has(page.cursor);
            const step = refused
              ? forgetCursor(at)
              : advance(at, { ...page, cursorRepeats }, { nowMs: MAX_MS, overlapMs: OVERLAP_MS });
            if (step.caughtUp) return;
            const news =
              step.position.watermarkMs > at.watermarkMs || (!refused && page.cursor !== null && !cursorRepeats);
            withoutNews = news ? 0 : withoutNews + 1;
            expect(withoutNews).toBeLessThanOrEqual(4);
            at = step.position;
          }
        },
      ),
    );
  });
});

describe('a stored position', () => {
  test('is read as it was written', () => {
    fc.assert(
      fc.property(position, (at) => {
        expect(readPosition(JSON.parse(JSON.stringify(writePosition(at))))).toEqual(at);
      }),
    );
    expect(readPosition(writePosition(firstPosition(5)))).toEqual(firstPosition(5));
  });

  test('that is not one is never taken for "start over"', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (garbage) => {
        expect(() => readPosition(JSON.parse(JSON.stringify(garbage)))).toThrow(CorruptPositionError);
      }),
    );
  });

  test.each<Record<string, JsonValue>>([
    { startMs: -1 },
    { watermarkMs: 1.5 },
    { watermarkMs: '5' },
    { cursor: '' },
    { cursor: 7 },
    { emptyPages: null },
    { cursorsForgotten: 2 ** 60 },
  ])('with %j is not one', (wrong) => {
    expect(() => readPosition({ ...firstPosition(5), ...wrong })).toThrow(CorruptPositionError);
  });
});
