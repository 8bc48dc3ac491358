import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { documentFields } from '../../src/core/document.ts';
import { isJsonObject, type JsonObject, type JsonValue, memberOf, parseJson } from '../../src/core/json.ts';
import { MAX_OBJECTS } from '../../src/transform/audit-objects.ts';
import { CUT_MARK, cut, MAX_VALUE_LENGTH } from '../../src/transform/cut.ts';
import { MAX_VALUES } from '../../src/transform/entities/read-entities.ts';
import { MAX_ORIGINAL_LENGTH, ORIGINAL_CUT } from '../../src/transform/original.ts';
import { createTransform } from '../../src/transform/to-ecs.ts';

/** Of Lucene: a longer term refuses the whole document. */
const MAX_TERM_BYTES = 32_766;

const transform = createTransform({ organizationId: 'o', namespace: 'default' });

function documentOf(attributes: JsonObject, more: JsonObject = {}): JsonObject {
  const outcome = transform(eventWith(attributes, more));
  if (outcome.kind !== 'document') throw new Error(outcome.reason);
  return documentFields(outcome.document);
}

function eventWith(attributes: JsonObject, more: JsonObject = {}): JsonObject {
  return { id: 'e-1', attributes: { time: '2026-05-19T10:03:00Z', action: 'user_login', ...attributes }, ...more };
}

describe('a value that is too long', () => {
  test('is cut with a mark, never inside of a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 10, max: 60 }), (text, limit) => {
        const kept = cut(text, limit);
        expect(kept.length).toBeLessThanOrEqual(limit);
        if (kept === text) return;
        expect(kept.endsWith(CUT_MARK)).toBe(true);
        expect(text.startsWith(kept.slice(0, -CUT_MARK.length))).toBe(true);
        if (text.isWellFormed()) expect(kept.isWellFormed()).toBe(true);
      }),
    );
  });

  test('never makes a term that Elasticsearch refuses, wherever it stands', () => {
    const long = fc.constantFrom('😀'.repeat(9_000), '語'.repeat(9_000), '\0'.repeat(9_000), 'x', '');
    const deep = fc
      .array(long, { maxLength: 20 })
      .map((keys) =>
        keys.reduce<JsonValue>(
          (inside, key) => ({ [key]: inside, [`${key}2`]: '語'.repeat(9_000) }),
          '語'.repeat(9_000),
        ),
      );
    fc.assert(
      fc.property(long, deep, (text, attributes) => {
        const element = { id: text, type: text, attributes };
        const person = { id: text, name: text, email: `${text}@${text}` };
        const fields = documentOf(
          {
            actor: { ...person, onBehalfOf: person, app: { id: text, attributes } },
            context: [element, { type: 'users', attributes: person }],
            container: [element],
            location: { ip: text, city: text },
          },
          { message: { content: text } },
        );
        expect(termsOf({ ...fields, event: {} }).filter((bytes) => bytes > MAX_TERM_BYTES)).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});

/** The longest terms that could be made of a document: each value with all keys above it, as the type flattened does. */
function termsOf(value: JsonValue | undefined, keys = 0): readonly number[] {
  if (Array.isArray(value)) return value.flatMap((one: JsonValue) => termsOf(one, keys));
  if (isJsonObject(value))
    return Object.entries(value).flatMap(([key, inner]) => termsOf(inner, keys + 1 + Buffer.byteLength(key)));
  return [keys + Buffer.byteLength(String(value))];
}

describe('an event that is too large', () => {
  test('has its original cut, with a tag, and a hash that proves the whole', () => {
    const raw = eventWith({ context: [{ attributes: { text: 'ä'.repeat(MAX_ORIGINAL_LENGTH) } }] });
    const outcome = transform(raw);
    const fields = outcome.kind === 'document' ? documentFields(outcome.document) : {};

    expect(memberOf(fields['event'], 'original')).toHaveLength(MAX_ORIGINAL_LENGTH);
    expect(memberOf(fields['event'], 'hash')).toBe(createHash('sha256').update(JSON.stringify(raw)).digest('hex'));
    expect(fields['tags']).toEqual([ORIGINAL_CUT]);
  });

  test('is whole up to the limit', () => {
    const empty = JSON.stringify(eventWith({ text: '' })).length;
    const raw = eventWith({ text: 'x'.repeat(MAX_ORIGINAL_LENGTH - empty) });
    const outcome = transform(raw);
    const fields = outcome.kind === 'document' ? documentFields(outcome.document) : {};

    expect(memberOf(fields['event'], 'original')).toBe(JSON.stringify(raw));
    expect(fields['tags']).toBeUndefined();
  });

  test('keeps as many objects as Elasticsearch takes in one document', () => {
    const objects = Array.from({ length: 2 * MAX_OBJECTS }, (_, index) => ({ type: 'users', id: `user-${index}` }));
    const { atlassian_cloud } = documentOf({ context: objects, container: objects });
    const audit = memberOf(atlassian_cloud, 'audit');

    expect(memberOf(audit, 'context')).toEqual(objects.slice(0, MAX_OBJECTS));
    expect(memberOf(audit, 'container')).toEqual(objects.slice(0, MAX_OBJECTS));
    expect(memberOf(memberOf(memberOf(audit, 'target'), 'user'), 'id')).toHaveLength(MAX_OBJECTS);
  });
});

test('the limit on values leaves room for the keys of flattened attributes', () => {
  expect(3 * MAX_VALUE_LENGTH).toBeLessThan(MAX_TERM_BYTES);
});

describe('a field with many values', () => {
  const scopes = (count: number, of = count) => Array.from({ length: count }, (_, index) => `scope-${index % of}`);
  const token = (values: readonly string[]) => ({
    context: [{ type: 'tokens', id: 't', attributes: { scopes: values } }],
  });
  const scopeOf = (fields: JsonObject) =>
    memberOf(memberOf(memberOf(fields['atlassian_cloud'], 'audit'), 'token'), 'scope');
  /** A measurement may be disturbed; what grows with the square does so each time. */
  const AGAIN = { retry: 4 };
  /** Of the processor, not of the clock: others use the machine too. */
  const cost = (work: () => void) => {
    const costs = Array.from({ length: 5 }, () => {
      const before = process.cpuUsage();
      work();
      return process.cpuUsage(before).user;
    });
    return Math.min(...costs);
  };

  test('holds the first of them, each once', () => {
    const values = scopes(3 * MAX_VALUES);
    expect(scopeOf(documentOf(token(['scope-0', ...values])))).toEqual(values.slice(0, MAX_VALUES));
    expect(scopeOf(documentOf(token(scopes(3 * MAX_VALUES, 40))))).toEqual(scopes(40));
  });

  test.each([
    ['all different', Number.POSITIVE_INFINITY],
    ['repeated', MAX_VALUES - 1],
  ])('takes ten times as long for ten times as many, %s', AGAIN, (_, different) => {
    const small = token(scopes(20_000, different));
    const large = token(scopes(200_000, different));
    documentOf(small);
    expect(cost(() => documentOf(large)) / cost(() => documentOf(small))).toBeLessThan(40);
  });

  test('does not make people cost the square of their number', AGAIN, () => {
    const people = (count: number) =>
      Array.from({ length: count }, (_, index) => ({
        type: 'users',
        attributes: { email: `${'A'.repeat(4_000)}${index}@example.com`, name: `${'n'.repeat(4_000)}${index}` },
      }));
    const small = { context: people(MAX_OBJECTS / 10) };
    const large = { context: people(MAX_OBJECTS) };
    documentOf(small);
    expect(cost(() => documentOf(large)) / cost(() => documentOf(small))).toBeLessThan(40);
  });
});

test('a number that JSON can not write is in no field', () => {
  const context = parseJson('[{"type":"projects","attributes":{"projectId":1e400,"issueId":7,"x":{"y":[-1e999]}}}]');
  const audit = memberOf(documentOf({ context })['atlassian_cloud'], 'audit');

  expect(audit).toEqual({ issue: { id: '7' }, context: [{ type: 'projects', attributes: { issueId: 7 } }] });
});
