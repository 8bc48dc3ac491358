import { setTimeout as delay } from 'node:timers/promises';

const LIMIT_MS = 20_000;

/** Waits until something is so; says what it was that did not come. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + LIMIT_MS;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`waited ${LIMIT_MS / 1_000} s in vain until ${what}`);
    await delay(10);
  }
}
