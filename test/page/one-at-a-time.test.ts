import { expect, test } from 'vitest';
import { oneAtATime } from '../../src/page/one-at-a-time.ts';

function aTask() {
  const started: PromiseWithResolvers<number>[] = [];
  const run = oneAtATime(() => {
    const turn = Promise.withResolvers<number>();
    started.push(turn);
    return turn.promise;
  });
  return { started, run };
}

test('who asks meanwhile shares one later run', async () => {
  const { started, run } = aTask();
  const first = run();
  const second = run();
  const third = run();
  expect(started).toHaveLength(1);
  started[0]?.resolve(1);
  expect(await first).toBe(1);
  await Promise.resolve();
  expect(started).toHaveLength(2);
  started[1]?.resolve(2);
  expect(await Promise.all([second, third])).toEqual([2, 2]);
});

test('goes on after a failure', async () => {
  const { started, run } = aTask();
  const first = run();
  const second = run();
  started[0]?.reject(new Error('gone'));
  await expect(first).rejects.toThrow('gone');
  await Promise.resolve();
  started[1]?.resolve(2);
  expect(await second).toBe(2);
  void run();
  expect(started).toHaveLength(3);
});
