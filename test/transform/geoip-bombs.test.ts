import { describe, expect, test } from 'vitest';
import { openDatabase } from '../../src/transform/enrich/geoip/database.ts';
import { placeOf } from '../../src/transform/enrich/geoip/place.ts';
import { cityDatabase, FRANKFURT } from '../helpers/geoip-databases.ts';

const MARKER = Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1');
/** An array of two, as the format writes it, and a pointer of two bytes. */
const pair = (to: number) => [0x02, 0x04, 0x20 | (to >> 8), to & 255, 0x20 | (to >> 8), to & 255];

/** Levels of two pointers to the level below: decoded, 2 ** levels values. */
function nested(levels: number, at: number): Buffer {
  const bottom = [0x41, 0x78];
  const arrays = Array.from({ length: levels }, (_, index) => pair(at + (index === 0 ? 0 : 2 + (index - 1) * 6)));
  return Buffer.from([...bottom, ...arrays.flat()]);
}

/** A good database whose record, a string of that length, is replaced. */
function withRecord(record: (offset: number) => Buffer, options: object = {}): Buffer {
  const room = 'r'.repeat(280);
  const bytes = cityDatabase({ networks: { '88.0.0.0/8': room }, ...options });
  const at = bytes.indexOf(room) - 2;
  const built = record(0);
  bytes.fill(0, at, at + 282);
  // What the tree leads to is the first byte: the top level is copied there.
  Buffer.concat([built.subarray(-6), built]).copy(bytes, at);
  return bytes;
}

function withMetadata(metadata: Buffer): Buffer {
  const bytes = cityDatabase();
  return Buffer.concat([bytes.subarray(0, bytes.lastIndexOf(MARKER) + MARKER.length), metadata]);
}

describe('a small file that decodes to a huge value is refused at once', () => {
  test('in a record', () => {
    const bytes = withRecord(() => nested(40, 6));
    expect(openDatabase(bytes, placeOf)).toMatchObject({ kind: 'damaged', reason: expect.stringContaining('larger') });
  });

  test('in the metadata', () => {
    // A map of one: its key a text, its value the top of the levels.
    const top = 3 + 2 + 39 * 6;
    const bytes = withMetadata(
      Buffer.concat([Buffer.from([0xe1, 0x41, 0x78, 0x20 | (top >> 8), top & 255]), nested(40, 5)]),
    );
    expect(openDatabase(bytes, placeOf)).toMatchObject({ kind: 'damaged', reason: expect.stringContaining('larger') });
  });

  test('in metadata where the library would look for them elsewhere', () => {
    const bytes = withMetadata(Buffer.from([0xef, ...Buffer.from('MaxMind.co')]));
    expect(openDatabase(bytes, placeOf)).toEqual({ kind: 'damaged', reason: 'its metadata is odd' });
  });

  test('by a pointer to itself', () => {
    const bytes = withRecord(() => Buffer.from(pair(0)));
    expect(openDatabase(bytes, placeOf)).toMatchObject({ kind: 'damaged', reason: expect.stringContaining('larger') });
  });

  test('by sizes that are not there', () => {
    const list = Buffer.from([0x1f, 0x04, 0xff, 0xff, 0xff, 0x00]);
    expect(
      openDatabase(
        withRecord(() => list),
        placeOf,
      ).kind,
    ).toBe('damaged');
  });
});

test('a record that no probe meets is refused when an address leads there', () => {
  // Each has many small networks around it, so that the first few hundred end before the last.
  const before = Array.from({ length: 12 }, (_, index) => [`${index + 1}.77.77.77/32`, FRANKFURT] as const);
  const bytes = cityDatabase({
    networks: {
      ...Object.fromEntries(before),
      '88.0.0.0/8': FRANKFURT,
      '99.99.99.99/32': Array.from({ length: 200 }, () => Array(20).fill(true)),
    },
  });
  const opened = openDatabase(bytes, placeOf);
  if (opened.kind !== 'database') throw new Error(opened.reason);
  const { find } = opened.database;

  expect(() => find({ family: 4, text: '99.99.99.99' })).toThrow('larger than any real one');
  expect(find({ family: 4, text: '88.1.2.3' })?.city.name).toBe('Frankfurt am Main');
});
