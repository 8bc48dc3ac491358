/**
 * Repeatable chance: everything the simulator makes up is computed from a seed and an index,
 * so that nothing has to be remembered and the same options always give the same organization.
 */
export interface Chance {
  /** 32 random bits. */
  bits(): number;
  /** In [0, 1). */
  fraction(): number;
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  happens(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
}

/** A bijection of the 32-bit numbers that looks like chance (the finalizer of MurmurHash3). */
export function mix32(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** The inverse of `mix32`. */
export function unmix32(value: number): number {
  let hash = value ^ (value >>> 16);
  hash = Math.imul(hash, 0x7ed1b41d);
  hash = Math.imul(hash ^ (hash >>> 13) ^ (hash >>> 26), 0xa5cb9243);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Independent streams for different parts: (seed, purpose, index) and the like. */
export function chanceOf(...parts: readonly number[]): Chance {
  let state = 0;
  for (const part of parts) state = mix32(state ^ mix32(part + 0x9e3779b9));
  const bits = (): number => {
    state = (state + 0x9e3779b9) | 0;
    return mix32(state);
  };
  const fraction = (): number => bits() / 2 ** 32;
  return {
    bits,
    fraction,
    between: (low, high) => low + Math.floor(fraction() * (high - low + 1)),
    happens: (probability) => fraction() < probability,
    pick: (items) => {
      const item = items[Math.floor(fraction() * items.length)];
      if (item === undefined) throw new RangeError('There is nothing to pick from.');
      return item;
    },
  };
}

export function hex32(bits: number): string {
  return (bits >>> 0).toString(16).padStart(8, '0');
}

/** Four words in the form of a version 4 UUID; the first word stays as it is. */
export function uuidOf(first: number, second: number, third: number, fourth: number): string {
  const middle = hex32((second & 0xffff0fff) | 0x4000);
  const last = hex32((third & 0x3fffffff) | 0x80000000);
  const parts = [hex32(first), middle.slice(0, 4), middle.slice(4), last.slice(0, 4), last.slice(4) + hex32(fourth)];
  return parts.join('-');
}

export function uuidBy(chance: Chance): string {
  return uuidOf(chance.bits(), chance.bits(), chance.bits(), chance.bits());
}
