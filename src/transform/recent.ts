/** A memory of what was asked for lately, of a bounded size. */
export interface Recent<T> {
  get(key: string): T | undefined;
  set(key: string, value: T): void;
  clear(): void;
}

/**
 * Two generations: when the young one is full, it becomes the old one, and what was in the old one and not asked for
 * since is forgotten. Cheaper than a list in order of use, and a key that is asked for again and again stays.
 */
export function createRecent<T>(maxYoung: number): Recent<T> {
  let young = new Map<string, T>();
  let old = new Map<string, T>();

  function set(key: string, value: T): void {
    if (young.size >= maxYoung) {
      old = young;
      young = new Map();
    }
    young.set(key, value);
  }

  return {
    get(key) {
      const value = young.get(key);
      if (value !== undefined) return value;
      const older = old.get(key);
      if (older !== undefined) set(key, older);
      return older;
    },
    set,
    clear() {
      young = new Map();
      old = new Map();
    },
  };
}

/** `compute` with a memory: results are kept for short keys, `maxYoung` and as many older ones. */
export function remembering<T>(
  compute: (key: string) => T,
  { maxYoung, longestKey }: { readonly maxYoung: number; readonly longestKey: number },
): (key: string) => T {
  const recent = createRecent<T>(maxYoung);
  return (key) => {
    const before = recent.get(key);
    if (before !== undefined) return before;
    const result = compute(key);
    if (key.length <= longestKey) recent.set(key, result);
    return result;
  };
}
