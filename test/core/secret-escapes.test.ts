import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Secret } from '../../src/core/secret.ts';

test('letters that are spelled by their numbers do not hide it, and a text without it stays to the letter', () => {
  const secret = new Secret('ATCTT3xFfGN0=abc/DEF+9');
  const escaped = (characters: readonly number[]) =>
    [...secret.reveal()]
      .map((letter, index) =>
        characters.includes(index) ? `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}` : letter,
      )
      .join('');
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 21 })), fc.json(), (characters, json) => {
      const text = `{"message":"no: ${escaped(characters)}","other":${json}}`;
      const clean = secret.scrub(text);
      expect(JSON.parse(clean)).toEqual({ message: 'no: [secret]', other: JSON.parse(json) });
    }),
  );
  const other = '{"a":"\\u0041\\\\u0042"}';
  expect(secret.scrub(other)).toBe(other);
});
