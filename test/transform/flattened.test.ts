import { describe, expect, test } from 'vitest';
import { type JsonValue, parseJson } from '../../src/core/json.ts';
import { flattened, MAX_DEPTH, TOO_DEEP } from '../../src/transform/flattened.ts';

describe('attributes for a flattened field', () => {
  test('are not copied when nothing has to change', () => {
    const attributes = { name: 'x', list: [1, false, { deep: 'y' }] };

    expect(flattened(attributes)).toBe(attributes);
  });

  test('lose what is empty, and nothing else', () => {
    const attributes = { a: '', b: null, c: {}, d: [], e: [null, '', {}], f: { g: { h: '' } }, zero: 0, no: false };

    expect(flattened(attributes)).toEqual({ zero: 0, no: false });
  });

  test('lose NUL characters in keys', () => expect(flattened({ 'a\0b': 1 })).toEqual({ ab: 1 }));

  test('keep the first of keys that become the same', () => {
    expect(flattened({ role: 'a', 'role\0': 'b' })).toEqual({ role: 'a' });
    expect(flattened({ role: '', 'role\0': 'b', 'role\0\0': 'c' })).toEqual({ role: 'b' });
  });

  test('lose numbers that JSON can not write', () => {
    expect(flattened(parseJson('{"a":1e400,"b":[-1e400,1],"c":0}'))).toEqual({ b: [1], c: 0 });
  });

  test('keep __proto__ as an ordinary key when they are copied', () => {
    expect(JSON.stringify(flattened(parseJson('{"__proto__":{"x":1},"empty":""}')))).toBe('{"__proto__":{"x":1}}');
  });

  test('are cut below the depth that Elasticsearch takes', () => {
    let deep: JsonValue = 'bottom';
    for (let level = 0; level < MAX_DEPTH; level += 1) deep = { d: deep };
    expect(flattened(deep)).toBe(deep);
    expect(JSON.stringify(flattened({ d: deep }))).toContain(TOO_DEEP);
  });

  test.each([undefined, null, 'x', 7, [], [{ a: 1 }], {}, { a: {} }])('are absent: %j', (value) =>
    expect(flattened(value)).toBeUndefined(),
  );
});
