import { setTimeout as delay } from 'node:timers/promises';

/** For what never comes; how long it takes says little on a machine that others use, too. */
const LIMIT_MS = 60_000;

/** Waits until something is so; says what it was that did not come. */
export async function until(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  limitMs: number = LIMIT_MS,
): Promise<void> {
  const deadline = performance.now() + limitMs;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`waited ${limitMs / 1_000} s in vain until ${what}`);
    await delay(10);
  }
}
