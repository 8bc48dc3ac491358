import { expect, test } from 'vitest';
import { createClean } from '../../src/core/clean.ts';
import { Secret } from '../../src/core/secret.ts';

test.each([
  ['has a blank', 'pass word', 'wrong: pass\u001bword'],
  ['holds a control character', 'pass\tword', 'wrong: pass\tword'],
])('a secret that %s is masked, and no control character is left', (_, plain, said) => {
  const secret = new Secret(plain);
  const text = createClean((text) => secret.scrub(text))(said);
  expect(text).toMatch(/^wrong: /);
  expect(text).not.toMatch(/pass|word|\p{Cc}/u);
});
