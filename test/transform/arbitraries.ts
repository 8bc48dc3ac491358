import fc from 'fast-check';
import { type JsonValue, parseJson } from '../../src/core/json.ts';
import { KNOWN_ACTIONS } from '../../src/transform/action/known-actions.ts';
import { PRODUCT_NAMES } from '../../src/transform/action/products.ts';
import { THING_NAMES } from '../../src/transform/action/things.ts';
import { VERB_FORMS } from '../../src/transform/action/verbs.ts';
import { ACTIVITIES } from './activities.ts';

/** Keys that JavaScript treats in its own way, and strings that have no UTF-8 form. */
const oddText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '__proto__', 'constructor', 'toString', '\ud800', '\udc00x', '\0', 'a\0b', '-1', '0'),
);

const odd = fc.jsonValue({ maxDepth: 4, depthSize: 'small', stringUnit: 'binary' });

/** Any JSON, with hostile keys; parsed from text, as events are, which makes `__proto__` an ordinary key. */
export const anyJson: fc.Arbitrary<JsonValue> = fc
  .oneof(odd, fc.dictionary(oddText, odd), fc.array(fc.dictionary(oddText, odd)))
  .map((value) => parseJson(JSON.stringify(value)));

/** Now and then nothing, null or something of another type. */
function shaky(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 40, arbitrary: value },
    { weight: 1, arbitrary: odd },
    fc.constantFrom(null, undefined, ''),
  );
}

function fields(model: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<unknown> {
  return fc.record(Object.fromEntries(Object.entries(model).map(([key, value]) => [key, shaky(value)])));
}

const uuid = fc.uuid();
const accountId = fc.oneof(
  uuid.map((id) => `712020:${id}`),
  uuid.map((id) => `ug:${id}`),
  fc.constantFrom(
    '5b10ac8d82e05b22cc7d4ef5',
    'confluence',
    'customer',
    'app',
    'qm:1:2',
    'ada@example.com',
    '__proto__',
  ),
);
const person = { id: accountId, name: oddText, email: fc.oneof(fc.emailAddress(), fc.constant('Atlassian app')) };

const attributes = fc.oneof(
  fields({
    name: oddText,
    email: fc.emailAddress(),
    siteHostName: fc.oneof(fc.webUrl(), fc.domain(), oddText),
    cloudUrl: fc.webUrl(),
    status: fc.constantFrom('success', 'FAILURE', 'failed', 'open', 7),
  }),
  fc.dictionary(oddText, odd),
);
const element = fields({
  id: uuid,
  type: fc.constantFrom('users', 'groups', 'sites', 'orgs', 'invited-user'),
  attributes,
});
const elements = fc.oneof(fc.array(shaky(element), { maxLength: 4 }), element);

const LATEST = new Date('9999-12-31T23:59:59.999Z');
const time = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.date({ noInvalidDate: true, min: new Date(0), max: LATEST }).map((date) => date.toISOString()),
  },
  fc.constantFrom('2026-05-19T10:03:00Z', '2026-05-19T10:03:00.1+0200', '2026-02-30T10:03:00.000Z', 'yesterday'),
);

const vocabulary = [...VERB_FORMS, ...THING_NAMES, ...PRODUCT_NAMES]
  .flatMap((row) => row.at(-1)?.split(', ') ?? [])
  .map((phrase) => phrase.replaceAll(' ', '_'));
const phrase = fc.oneof(
  fc.constantFrom(...vocabulary),
  fc.constantFrom('failed', 'attempt', 'success', 'to', 'by', 'quantum', 'frobnicated'),
);

/** Known ids, names of activities, ids made of known phrases, and ids of nothing known. */
export const action: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...KNOWN_ACTIONS.keys()),
  fc.constantFrom(...ACTIVITIES.map(([name]) => name)),
  fc.array(phrase, { minLength: 1, maxLength: 6 }).map((found) => found.join('_')),
  oddText,
);

/** Events in the API's shape, with random nulls and wrong types in all places. */
export const eventShaped: fc.Arbitrary<JsonValue> = fields({
  id: fc.oneof({ weight: 30, arbitrary: uuid }, oddText),
  attributes: fields({
    time,
    processedAt: time,
    action,
    actor: fields({
      ...person,
      type: fc.constantFrom('user', 'app'),
      auth: fields({ authType: oddText, tokenId: oddText, tokenLabel: oddText }),
      onBehalfOf: fields(person),
      app: fields({ id: oddText, type: oddText, attributes }),
    }),
    context: elements,
    container: elements,
    location: fields({
      ip: fc.oneof(fc.ipV4(), fc.ipV6(), oddText, fc.constant('fe80::1%eth0')),
      geo: oddText,
      countryName: oddText,
      regionName: oddText,
      city: oddText,
    }),
  }),
  message: fields({ content: oddText, format: oddText }),
}).map((value) => parseJson(JSON.stringify(value) ?? 'null'));
