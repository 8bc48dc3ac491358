import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isJsonObject, type JsonValue } from '../../../src/core/json.ts';
import { createShipper, TORN } from './shipper.ts';

describe('after a crash', () => {
  test('bytes beyond the committed length are cut, and only those', async () => {
    const shipper = createShipper();
    await shipper.start();
    await shipper.ship('a', 'b');
    const committed = readFileSync(shipper.path);
    await shipper.export('c', 'd');
    await shipper.crash();
    appendFileSync(shipper.path, TORN);

    await shipper.start();
    expect(readFileSync(shipper.path).equals(committed)).toBe(true);
    await shipper.ship('c', 'd');
    expect(shipper.ids()).toEqual(['a', 'b', 'c', 'd']);
    expect(shipper.warnings).toEqual([]);
  });

  test('a page of several batches is taken back whole', async () => {
    const shipper = createShipper();
    await shipper.start();
    await shipper.ship('a');
    await shipper.export('b');
    await shipper.export('c');
    await shipper.restart();
    expect(shipper.ids()).toEqual(['a']);
  });

  test('nothing is cut when everything was committed, however often it starts', async () => {
    const shipper = createShipper();
    await shipper.start();
    await shipper.ship('a');
    for (let restart = 0; restart < 3; restart += 1) await shipper.restart();
    expect(shipper.ids()).toEqual(['a']);
  });

  test('the first page, too, is taken back', async () => {
    const shipper = createShipper();
    await shipper.start();
    await shipper.export('a');
    await shipper.restart();
    expect(shipper.ids()).toEqual([]);
  });
});

describe('without stored progress', () => {
  test('whole lines that are there stay, and only a torn last line is cut', async () => {
    const shipper = createShipper();
    await shipper.start();
    await shipper.ship('a', 'b');
    await shipper.crash();
    appendFileSync(shipper.path, TORN);
    shipper.store(undefined);

    await shipper.start();
    await shipper.ship('c');
    expect(shipper.ids()).toEqual(['a', 'b', 'c']);
  });

  test('a torn line is found however long it is', async () => {
    const shipper = createShipper();
    const whole = `{"event":{"id":"a"},"text":"${'x'.repeat(65_536)}"}\n`;
    writeFileSync(shipper.path, `${whole}${'y'.repeat(200_000)}`);
    await shipper.start();
    expect(readFileSync(shipper.path, 'utf8')).toBe(whole);
  });

  test('progress that can not be read counts as none', async () => {
    const shipper = createShipper();
    await shipper.start();
    await shipper.ship('a', 'b');
    await shipper.crash();
    for (const broken of [null, 7, 'text', [], {}, { inode: 1, length: 0 }]) {
      shipper.store(broken);
      await shipper.restart();
      expect(shipper.ids()).toEqual(['a', 'b']);
    }
  });
});

describe('the progress', () => {
  test('is durable before the first byte of a file is written, and says how long the file is', async () => {
    const seen: JsonValue[] = [];
    const shipper = createShipper({
      rotate: { maxBytes: 1 },
      onSave(progress) {
        const { size, ino } = statSync(shipper.path);
        seen.push(progress);
        expect(progress).toMatchObject({ inode: String(ino), length: size });
      },
    });
    writeFileSync(shipper.path, '{"event":{"id":"there before"}}\n');
    await shipper.start();
    expect(seen).toMatchObject([{ sequence: 1, length: statSync(shipper.path).size }]);
    await shipper.ship('a');
    await shipper.ship('b');
    expect(seen.slice(1)).toMatchObject([
      { sequence: 2, length: 0 },
      { sequence: 3, length: 0 },
    ]);
    expect(shipper.ids()).toEqual(['there before', 'a', 'b']);
  });

  test('that could not be saved means that not a byte is written', async () => {
    let refuse = false;
    const shipper = createShipper({
      rotate: { maxBytes: 1 },
      onSave() {
        if (refuse) throw new Error('killed here');
      },
    });
    await shipper.start();
    await shipper.ship('a');
    refuse = true;
    await expect(shipper.export('b')).rejects.toThrow('killed here');
    expect(shipper.ids()).toEqual(['a']);
    refuse = false;
    await shipper.restart();
    await shipper.ship('b');
    expect(shipper.ids()).toEqual(['a', 'b']);
  });

  test('names bytes that the page under way has not settled yet only when asked at its end', async () => {
    const shipper = createShipper();
    await shipper.start();
    await shipper.ship('a');
    const before = shipper.stored();
    await shipper.export('b');
    expect(shipper.stored()).toEqual(before);
    shipper.commit();
    const after = shipper.stored();
    expect(isJsonObject(after) && after['length']).toBe(statSync(shipper.path).size);
  });

  test('is kept of a file that only its owner can read', async () => {
    const shipper = createShipper();
    await shipper.start();
    expect(statSync(shipper.path).mode & 0o777).toBe(0o600);
  });
});
