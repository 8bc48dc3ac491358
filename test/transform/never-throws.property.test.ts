import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { documentFields } from '../../src/core/document.ts';
import { eventId } from '../../src/core/event-id.ts';
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '../../src/core/json.ts';
import { createTransform } from '../../src/transform/to-ecs.ts';
import { anyJson, eventShaped } from './arbitraries.ts';
import { GOLDEN_OPTIONS } from './golden-options.ts';

const transform = createTransform(GOLDEN_OPTIONS);

describe('the transform', () => {
  test('has an outcome for any JSON', () => {
    fc.assert(
      fc.property(anyJson, (raw) => {
        expect(transform(raw).kind).toMatch(/^(document|rejected)$/);
      }),
    );
  });

  test('gives a faithful document or a reason for anything in the shape of an event', () => {
    let documents = 0;
    fc.assert(
      fc.property(eventShaped, (raw) => {
        const outcome = transform(raw);
        if (outcome.kind !== 'document') {
          expect(outcome).toEqual({ kind: 'rejected', reason: expect.any(String) });
          return;
        }
        documents += 1;
        const { id, json } = outcome.document;
        const fields = documentFields(outcome.document);
        expect(id).toBe(eventId(raw));
        expect(JSON.stringify(fields)).toBe(json);
        expect(originalOf(fields)).toBe(JSON.stringify(raw));
        expect(emptyPlaces(fields)).toEqual([]);
      }),
      { numRuns: 2000 },
    );
    expect(documents).toBeGreaterThan(1000);
  });

  test('gives the same document for the same event, whatever was transformed before', () => {
    fc.assert(
      fc.property(eventShaped, (raw) => {
        expect(createTransform(GOLDEN_OPTIONS)(raw)).toEqual(transform(raw));
      }),
    );
  });

  test.each(['context', 'container', 'actor', 'location', 'deep'])('survives 100,000 levels in %s', (place) => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const text = `{"id":"e-1","attributes":{"time":"2026-05-19T10:03:00Z","action":"user_login","${place}":${deep}}}`;
    const outcome = transform(parseJson(text));

    if (outcome.kind === 'document')
      expect(originalOf(documentFields(outcome.document))).toBe(JSON.stringify(parseJson(text)));
    else expect(outcome.reason).toBe('nested too deeply');
  });

  test('does not touch prototypes', () => {
    const attributes = '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"empty":""}';
    const text = `{"id":"e-1","attributes":{"time":"2026-05-19T10:03:00Z","action":"x","context":{"attributes":${attributes}}}}`;
    const outcome = transform(parseJson(text));

    expect(outcome.kind === 'document' && outcome.document.json).toContain('"__proto__":{"polluted":true}');
    expect('polluted' in {}).toBe(false);
  });
});

function originalOf(fields: JsonObject): JsonValue | undefined {
  const event = fields['event'];
  return isJsonObject(event) ? event['original'] : undefined;
}

/** Paths of nulls, undefined values, empty strings, empty objects and empty arrays. */
function emptyPlaces(value: JsonValue | undefined, path = ''): readonly string[] {
  if (value === null || value === undefined || value === '') return [path];
  if (typeof value !== 'object') return [];
  const entries = Object.entries(value);
  return entries.length === 0 ? [path] : entries.flatMap(([key, inner]) => emptyPlaces(inner, `${path}.${key}`));
}
