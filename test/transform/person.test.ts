import { describe, expect, test } from 'vitest';
import { isPerson } from '../../src/transform/people/person.ts';
import { targetsOf } from '../../src/transform/people/targets.ts';

const UUID = 'aaaaaaaa-1111-4111-8111-aaaaaaaaaaaa';

describe('an actor', () => {
  test.each([
    { id: '5b10ac8d82e05b22cc7d4ef5' },
    { id: `557058:${UUID}` },
    { id: `712020:${UUID}` },
    { id: `70121:${UUID}` },
    { id: `ug:${UUID}` },
    { id: UUID },
    { id: 'ada@example.com' },
    { id: '', email: 'ada@example.com' },
    { id: 'legacy-login', email: 'ada@example.com' },
    { id: `712020:${UUID}`, type: 'user' },
  ])('is a person: %j', (actor) => expect(isPerson(actor)).toBe(true));

  test.each([
    {},
    { id: 'confluence', email: 'Atlassian app' },
    { id: 'customer', email: 'customer@example.com' },
    { id: 'app' },
    { id: 42 },
    { id: `qm:${UUID}:1`, email: 'customer@example.com' },
    { id: `557058:${UUID}`, type: 'app' },
    { id: `557058:${UUID}`, accountType: 'customer' },
    { id: '@example.com' },
  ])('is none: %j', (actor) => expect(isPerson(actor)).toBe(false));
});

describe('what is new about a person', () => {
  const changesOf = (type: string | undefined) =>
    targetsOf([{ id: 'x', type, attributes: { newName: 'New', newEmail: 'new@example.com' } }], undefined).changes;

  test.each(['users', 'user', 'invited-user'])('is told by %s', (type) => {
    expect(changesOf(type)).toMatchObject({ name: 'New', email: 'new@example.com' });
  });

  test.each(['projects', 'groups', 'sites', undefined])('is not told by %s', (type) => {
    expect(changesOf(type)).toBeUndefined();
  });
});
