import { describe, expect, test } from 'vitest';
import { hostName } from '../../src/transform/entities/host-name.ts';

describe('a host name', () => {
  test.each([
    ['example.atlassian.net', 'example.atlassian.net'],
    ['https://Example.atlassian.net/wiki?x=1', 'example.atlassian.net'],
    ['http://example.atlassian.net:8443', 'example.atlassian.net'],
  ])('%s gives %s', (value, expected) => expect(hostName(value)).toBe(expected));

  test.each(['', 'Example Site', 'https://', 'a'.repeat(3000), '.example', 'x y.example.com'])(
    '%s gives none',
    (value) => expect(hostName(value)).toBeUndefined(),
  );
});
