import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type JsonValue, parseJson, stringifyJson } from '../../../src/core/json.ts';
import { readApiErrors, readEventsPage } from '../../../src/sources/organization-audit/schema.ts';
import { reachedMoment, toSourceEvent } from '../../../src/sources/organization-audit/to-source-event.ts';

const json = fc.json().map(parseJson);
const text = fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl({ withQueryParameters: true }), fc.constant('?cursor='));

const NOW_MS = Date.parse('2026-06-01T00:00:00Z');

describe('an answer', () => {
  test('is read without an error, whatever JSON it is', () => {
    const wild = fc.oneof(json, fc.record({ data: fc.oneof(json, fc.array(json)), meta: json, links: json }));
    fc.assert(fc.property(wild, (body) => void readEventsPage(body)));
    fc.assert(fc.property(fc.oneof(fc.json(), fc.string()), (body) => void readApiErrors(body)));
  });

  test('names its cursor in meta.next, or in links.next, and whatever stands there is no error', () => {
    fc.assert(
      fc.property(text, text, (next, link) => {
        const page = readEventsPage({ data: [], meta: { next }, links: { next: link } });
        if (next !== '') expect(page?.cursor).toBe(next);
        expect(page?.cursor).not.toBe('');
      }),
    );
  });

  test('gives back any cursor that a link carries in its query', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (cursor) => {
        const link = `https://api.example/x?limit=5&cursor=${encodeURIComponent(cursor)}`;
        expect(readEventsPage({ data: [], links: { next: link } })?.cursor).toBe(cursor);
      }),
    );
  });
});

describe('an event', () => {
  test('has the same key for the same JSON, and never none', () => {
    fc.assert(
      fc.property(fc.json(), (raw) => {
        const event = toSourceEvent(parseJson(raw));
        expect(event.key).toBe(toSourceEvent(parseJson(raw)).key);
        expect(event.key).not.toBe('');
        reachedMoment([event], NOW_MS);
      }),
    );
  });

  test('from the future, by its own word, does not carry the watermark along', () => {
    const at = (attributes: Record<string, string>) => toSourceEvent({ id: '1', attributes });
    const processed = at({ processedAt: '2026-01-01T00:00:00Z', time: '2025-12-31T00:00:00Z' });
    const boastful = at({ time: '2030-01-01T00:00:00Z' });
    expect(reachedMoment([boastful, processed], NOW_MS)).toBe(Date.parse('2026-01-01T00:00:00Z'));
    expect(reachedMoment([boastful], NOW_MS)).toBe(Date.parse('2030-01-01T00:00:00Z'));
    expect(reachedMoment([], NOW_MS)).toBeUndefined();
  });

  test('with a processedAt that can not be, at any place on a page, does not carry the watermark along', () => {
    const at = (processedAt: string) => toSourceEvent({ id: processedAt, attributes: { processedAt } });
    const [first, wrong, last] = [at('2026-01-01T00:00:00Z'), at('9999-01-01T00:00:00Z'), at('2026-01-02T00:00:00Z')];
    expect(reachedMoment([first, wrong, last], NOW_MS)).toBe(Date.parse('2026-01-02T00:00:00Z'));
    expect(reachedMoment([first, last, wrong], NOW_MS)).toBe(Date.parse('2026-01-02T00:00:00Z'));
  });

  test('without a usable id is told from others without one', () => {
    const keys = [{}, { id: '' }, { id: 5 }, { id: '\ud800' }, { id: '\udfff' }, { id: 'x'.repeat(513) }, [], null].map(
      (raw) => toSourceEvent(raw).key,
    );
    expect(new Set(keys).size).toBe(keys.length);
    for (const key of keys) expect(key).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  const deep = (inside: string) => parseJson(`${'['.repeat(100_000)}${inside}${']'.repeat(100_000)}`);
  const wide = Array.from({ length: 300_000 }, (_, index) => index).join(',');

  test.each<[string, JsonValue]>([
    ['100,000 levels deep', deep('1')],
    ['100,000 levels deep and wide in the innermost', deep(wide)],
  ])('%s has a key and can be written', (_, raw) => {
    expect(toSourceEvent(raw).key).toMatch(/^sha256:/);
    expect(toSourceEvent({ id: 'deep', attributes: { deep: raw } }).key).toBe('deep');
    expect(stringifyJson(raw)).toHaveLength(stringifyJson(parseJson(stringifyJson(raw))).length);
  });
});
