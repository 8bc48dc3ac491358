import { format, inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { Secret } from '../../src/core/secret.ts';

const KEY = 'ATATT3x+/=Q&"\\';
const secret = new Secret(KEY);

test('a secret can not print itself', () => {
  const shown = [
    `${secret}`,
    String(secret),
    JSON.stringify({ secret }),
    inspect(secret, { showHidden: true, depth: 9, customInspect: true }),
    inspect({ nested: [secret] }, { customInspect: false, showHidden: true }),
    format('%s %o %O %j', secret, secret, secret, secret),
    JSON.stringify(Object.entries(secret)),
    inspect(new Error('with it', { cause: secret })),
    JSON.stringify(structuredClone({ ...secret })),
  ];
  for (const text of shown) expect(text).not.toContain('ATATT3x');
  expect(`${secret}`).toBe('[secret]');
  expect(secret.reveal()).toBe(KEY);
});

describe('a text of a server is cleaned of it', () => {
  test.each([
    ['as it is', KEY],
    ['in a URL', encodeURIComponent(KEY)],
    ['in JSON', JSON.stringify(KEY).slice(1, -1)],
    ['in base64', Buffer.from(KEY).toString('base64')],
    ['in base64 for URLs', Buffer.from(KEY).toString('base64url')],
  ])('%s', (_, form) => {
    const clean = secret.scrub(`before ${form} between ${form} after`);
    expect(clean).toMatch(/^before \[secret\]=* between \[secret\]=* after$/);
  });

  test('and nothing else is taken away', () => {
    const text = 'An answer of ATATT, with 3x + / = Q & "quotes" and $& in it';
    expect(secret.scrub(text)).toBe(text);
  });
});
