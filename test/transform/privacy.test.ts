import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { documentFields } from '../../src/core/document.ts';
import { type JsonObject, type JsonValue, memberOf, parseJson } from '../../src/core/json.ts';
import { Secret } from '../../src/core/secret.ts';
import type { Treatment, Treatments } from '../../src/transform/privacy/config.ts';
import { createRedactor } from '../../src/transform/privacy/redactor.ts';
import { createTransform } from '../../src/transform/to-ecs.ts';
import { eventShaped } from './arbitraries.ts';
import { ecsViolations } from './ecs-violations.ts';
import { goldens } from './golden.ts';
import { GOLDEN_OPTIONS } from './golden-options.ts';

const KEY = 'a-key-of-thirty-two-characters-or-more';
const KEEP: Treatments = { 'user.id': 'keep', 'user.name': 'keep', 'user.email': 'keep', 'source.ip': 'keep' };
const all = (treatment: Treatment): Treatments => ({
  'user.id': treatment,
  'user.name': treatment,
  'user.email': treatment,
  'source.ip': treatment,
});

function transformWith(fields: Treatments) {
  const redact = createRedactor({ fields, key: new Secret(KEY) });
  const transform = createTransform({ ...GOLDEN_OPTIONS, redact });
  return (raw: JsonValue): { json: string; fields: JsonObject } => {
    const outcome = transform(raw);
    if (outcome.kind !== 'document') throw new Error(`no document: ${outcome.reason}`);
    return { json: outcome.document.json, fields: documentFields(outcome.document) };
  };
}

function at(fields: JsonObject, path: string): JsonValue | undefined {
  return path.split('.').reduce<JsonValue | undefined>((value, key) => memberOf(value, key), fields);
}

function hashed(value: string): string {
  return createHmac('sha256', KEY).update(value).digest('hex');
}

type Person = { readonly id: string; readonly name: string; readonly email: string; readonly ip: string };

const hex = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length });
const accountId = fc.oneof(
  fc.uuid().map((id) => `712020:${id}`),
  fc.uuid().map((id) => `557058:${id}`),
  fc.uuid().map((id) => `ug:${id}`),
  hex(24),
);
const name = fc
  .tuple(
    fc.constantFrom('Zdeněk', 'Xóchitl', 'Quentin', 'Ngọc', 'Jürgen', 'Wanjiru', '美咲', "D'Artagnan", 'Anne-Sophie'),
    fc.constantFrom('Kvasnička', 'Quetzalcoatl', "O'Wexford", 'van der Zwijn', 'Nwachukwu', '鈴木', 'Zabłocki-Rey'),
  )
  .map((words) => words.join(' '));
const email = fc
  .tuple(fc.stringMatching(/^[a-z]{4,8}(?:[.+][a-z]{3,6})?$/), fc.constantFrom('example.com', 'mail.example.org'))
  .map(([local, domain]) => `${local}.qz@${domain}`);
const ip = fc.oneof(
  fc.ipV4(),
  fc.ipV6().filter((address) => address.length > 6),
);
const person: fc.Arbitrary<Person> = fc.record({ id: accountId, name, email, ip });

/** Everything personal in every place and spelling that one can think of. */
function eventAbout(actor: Person, other: Person): JsonValue {
  const [first = ''] = actor.name.split(' ');
  const link = (who: Person) =>
    `https://admin.atlassian.com/s/1/users/${encodeURIComponent(who.id)}?mail=${encodeURIComponent(who.email)}`;
  return {
    id: 'e-1',
    attributes: {
      time: '2026-05-19T10:03:00.123Z',
      processedAt: '2026-05-19T10:03:01.123Z',
      action: 'user_added_to_group',
      actor: {
        id: actor.id,
        name: actor.name,
        email: actor.email,
        links: { alt: link(actor) },
        onBehalfOf: { ...other },
      },
      context: [
        {
          id: other.id,
          type: 'users',
          attributes: { name: other.name, email: other.email },
          links: { alt: link(other) },
        },
        { type: 'invited-user', attributes: { email: other.email.toUpperCase() } },
        {
          type: 'groups',
          id: 'g-1',
          attributes: { name: `Team of ${other.name}`, members: [other.id, [other.email]] },
        },
        {
          type: 'page',
          id: 'p-1',
          attributes: { title: `Salary of ${other.name.toUpperCase()}`, [other.email]: 'owner' },
        },
      ],
      container: [
        { id: 's-1', type: 'sites', attributes: { siteHostName: 'acme.atlassian.net', note: `from ${actor.ip}.` } },
      ],
      location: { ip: actor.ip, countryName: 'Germany' },
    },
    message: {
      content: `${actor.name} (${actor.email}, ${actor.ip}) added ${other.name.replace(' ', '.')}; ${first} did it <${other.email}>`,
      format: 'simple',
    },
  };
}

/** What must not be readable any more, however it is written. */
function traces(people: readonly Person[], fields: Treatments, json: string): readonly string[] {
  const text = json.toLowerCase();
  const withoutMails =
    fields['user.email'] === 'keep' ? text.replace(/[^\s"\\<>()=/]+(?:@|%40)[^\s"\\<>()=/]+/gi, '') : text;
  const spellings = (value: string) => [value, encodeURIComponent(value)].map((spelled) => spelled.toLowerCase());
  return people.flatMap((who) => [
    ...(fields['user.email'] === 'keep' ? [] : spellings(who.email).filter((value) => text.includes(value))),
    ...(fields['user.id'] === 'keep' ? [] : spellings(who.id).filter((value) => text.includes(value))),
    ...(fields['source.ip'] === 'keep'
      ? []
      : [who.ip].filter((value) => text.includes(`"${value}\\"`) || text.includes(` ${value}`))),
    ...(fields['user.name'] === 'keep'
      ? []
      : [who.name, ...who.name.split(' ').filter((word) => word.length > 3 || /[^ -~]/.test(word))].filter((value) =>
          withoutMails.includes(value.toLowerCase()),
        )),
  ]);
}

const treatment = fc.constantFrom<Treatment>('keep', 'drop', 'hash');
const treatments: fc.Arbitrary<Treatments> = fc.record({
  'user.id': treatment,
  'user.name': treatment,
  'user.email': treatment,
  'source.ip': treatment,
});

describe('privacy', () => {
  test('leaves no trace of what is dropped or hashed, in fields, sentences, links, keys and the original', () => {
    fc.assert(
      fc.property(treatments, person, person, (fields, actor, other) => {
        const { json } = transformWith(fields)(eventAbout(actor, other));
        expect(traces([actor, other], fields, json)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('is checked at all: what is kept is found', () => {
    fc.assert(
      fc.property(person, person, (actor, other) => {
        const { json } = transformWith(KEEP)(eventAbout(actor, other));
        expect(traces([actor, other], all('drop'), json).length).toBeGreaterThanOrEqual(8);
      }),
    );
  });

  test('puts the same hash wherever the same person stands, and anybody with the key can compute it', () => {
    fc.assert(
      fc.property(person, person, (actor, other) => {
        const { fields } = transformWith(all('hash'))(eventAbout(actor, other));
        const original = parseJson(String(at(fields, 'event.original')));
        const mail = hashed(actor.email.toLowerCase());
        expect(at(fields, 'user.email')).toBe(mail);
        expect(at(fields, 'related.user')).toEqual(
          expect.arrayContaining([hashed(actor.id), hashed(actor.name), mail]),
        );
        expect(at(fields, 'message')).toContain(mail);
        expect(memberOf(memberOf(memberOf(original, 'attributes'), 'actor'), 'email')).toBe(mail);
        expect(at(fields, 'user.target.id')).toBe(hashed(other.id));
        expect(at(fields, 'user.effective.name')).toBe(hashed(other.name));
        expect(at(fields, 'source.ip')).toBeUndefined();
        expect(at(fields, 'related.ip')).toBeUndefined();
        expect(at(fields, 'user.domain')).toBeUndefined();
      }),
    );
  });

  test('leaves out what is dropped, and says so in the original', () => {
    const { fields } = transformWith(all('drop'))(goldenInput('login'));

    expect(at(fields, 'user')).toBeUndefined();
    expect(at(fields, 'related.user')).toBeUndefined();
    expect(at(fields, 'source.geo.country_name')).toBe('Germany');
    expect(at(fields, 'message')).toBe('[dropped] logged in');
    expect(at(fields, 'event.original')).toContain('"actor":{"id":"[dropped]","name":"[dropped]","email":"[dropped]"');
    expect(at(fields, 'event.action')).toBe('user_login');
  });

  test.each(['Al', '李', 'X Æ', 'Admin', 'a.b', '[dropped]', '$&', '(', '-'])('takes out a name such as %s', (odd) => {
    const actor = { id: '712020:aaaaaaaa-1111-4111-8111-aaaaaaaaaaaa', name: odd };
    const attributes = { time: '2026-05-19T10:03:00Z', action: 'user_login', actor };
    const { fields } = transformWith(all('hash'))({ id: 'e', attributes, message: { content: 'admin page' } });
    expect(at(fields, 'user.name')).toBe(hashed(odd));
    expect(at(fields, 'message')).toBe('admin page');
  });

  test('knows an accent in both of its forms', () => {
    const name = 'Zdeněk Müller'.normalize('NFC');
    const actor = { id: '712020:aaaaaaaa-1111-4111-8111-aaaaaaaaaaaa', name: name.normalize('NFD') };
    const attributes = { time: '2026-05-19T10:03:00Z', action: 'user_login', actor };
    const content = `${name} and ${name.normalize('NFD')}`;
    const { json, fields } = transformWith(all('hash'))({ id: 'e', attributes, message: { content } });
    expect(at(fields, 'message')).toBe(`${hashed(name)} and ${hashed(name)}`);
    expect(json.normalize('NFC')).not.toContain('Zdeněk'.normalize('NFC'));
  });

  test('that keeps everything changes nothing', () => {
    const plain = createTransform(GOLDEN_OPTIONS);
    const kept = createTransform({ ...GOLDEN_OPTIONS, redact: createRedactor({ fields: KEEP, key: undefined }) });
    for (const { input } of goldens()) {
      const [expected, found] = [plain(input), kept(input)];
      expect(found.kind === 'document' ? parseJson(found.document.json) : found).toEqual(
        expected.kind === 'document' ? parseJson(expected.document.json) : expected,
      );
    }
  });

  test.each([all('drop'), all('hash')])('keeps to ECS, never throws and keeps the id: %j', (fields) => {
    const transform = createTransform({ ...GOLDEN_OPTIONS, redact: createRedactor({ fields, key: new Secret(KEY) }) });
    const check = (raw: JsonValue) => {
      const outcome = transform(raw);
      if (outcome.kind !== 'document') return;
      expect(ecsViolations(documentFields(outcome.document))).toEqual([]);
      expect(outcome.document.id).toBe(memberOf(raw, 'id'));
    };
    for (const { input } of goldens()) check(input);
    fc.assert(fc.property(eventShaped, check), { numRuns: 500 });
  });

  test('takes an event that is nested too deeply for it as what it is', () => {
    const transform = createTransform({
      ...GOLDEN_OPTIONS,
      redact: createRedactor({ fields: all('drop'), key: undefined }),
    });
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const raw = parseJson(`{"id":"e","attributes":{"time":"2026-05-19T10:03:00Z","action":"a","deep":${deep}}}`);
    expect(transform(raw)).toEqual({ kind: 'rejected', reason: 'nested too deeply' });
  });
});

function goldenInput(wanted: string): JsonValue {
  const found = goldens().find(({ name: one }) => one === wanted);
  if (found === undefined) throw new Error(`no golden ${wanted}`);
  return found.input;
}
