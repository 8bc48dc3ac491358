import { mix32, unmix32, uuidOf } from './random.ts';

/**
 * The ids of events. The first word is a bijection of the index, so ids never collide and an id leads
 * back to its index without a table.
 */
export interface EventIds {
  at(index: number): string;
  /** `undefined` if this seed never gives that id. Says nothing on whether the event is available yet. */
  indexOf(id: string): number | undefined;
}

export function createEventIds(seed: number): EventIds {
  const salt = mix32(seed ^ 0x1d5eed);
  const at = (index: number): string => {
    const first = mix32(index ^ salt);
    return uuidOf(first, mix32(first ^ 0x5bd1e995), mix32(index + seed), mix32(first + 0x27d4eb2f));
  };
  const indexOf = (id: string): number | undefined => {
    const index = (unmix32(Number.parseInt(id.slice(0, 8), 16)) ^ salt) >>> 0;
    return at(index) === id ? index : undefined;
  };
  return { at, indexOf };
}
