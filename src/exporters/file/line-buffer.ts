import { Buffer } from 'node:buffer';
import type { Outgoing } from '../../core/exporter.ts';

/** Documents as lines in one piece of memory that is used again for every batch; batches do not overlap. */
export interface LineBuffer {
  /** Valid until the next call. */
  of(batch: readonly Outgoing[]): Buffer;
}

const FIRST_BYTES = 1024 * 1024;
const LINE_END = 0x0a;

export function createLineBuffer(): LineBuffer {
  let buffer = Buffer.allocUnsafe(FIRST_BYTES);

  /** UTF-8 takes at most three bytes for each unit of a string. */
  function ensureRoom(used: number, json: string): void {
    const needed = used + json.length * 3 + 1;
    if (needed <= buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, buffer.length * 2));
    buffer.copy(larger, 0, 0, used);
    buffer = larger;
  }

  return {
    of(batch) {
      let used = 0;
      for (const { document } of batch) {
        ensureRoom(used, document.json);
        used += buffer.write(document.json, used);
        buffer[used] = LINE_END;
        used += 1;
      }
      return buffer.subarray(0, used);
    },
  };
}
