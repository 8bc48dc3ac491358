import { expect, test } from 'vitest';
import { createPollBell } from '../../src/pipeline/poll-bell.ts';
import { createFakeClock } from '../helpers/fake-clock.ts';

const NEVER = new AbortController().signal;

test('a pause ends when its time is over, or when somebody rings for that source', async () => {
  const clock = createFakeClock();
  const bell = createPollBell(clock);
  const [one, other] = [bell.pause('one', 30_000, NEVER), bell.pause('other', 30_000, NEVER)];
  bell.ring('one');
  expect(await one).toBe('fetch_now');
  await clock.advance(30_000);
  expect(await other).toBe('time');
});

test('who is rung for while at work does not pause next, once', async () => {
  const clock = createFakeClock();
  const bell = createPollBell(clock);
  bell.ring('one');
  expect(await bell.pause('one', 30_000, NEVER)).toBe('fetch_now');
  const second = bell.pause('one', 30_000, NEVER);
  expect(clock.sleeping()).toBe(1);
  await clock.advance(30_000);
  expect(await second).toBe('time');
});

test('an abort is an abort', async () => {
  const stop = new AbortController();
  const pause = createPollBell(createFakeClock()).pause('one', 30_000, stop.signal);
  stop.abort(new Error('stopped'));
  await expect(pause).rejects.toThrow('stopped');
});
