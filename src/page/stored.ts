/** Storage of the browser, which may be switched off: then nothing is remembered, and nothing breaks. */
export interface Stored {
  get(): string | undefined;
  set(value: string): void;
  remove(): void;
}

export function storedIn(storage: () => Storage, key: string): Stored {
  function tried<T>(action: () => T): T | undefined {
    try {
      return action();
    } catch {
      return undefined;
    }
  }
  return {
    get: () => tried(() => storage().getItem(key)) ?? undefined,
    set: (value) => tried(() => storage().setItem(key, value)),
    remove: () => tried(() => storage().removeItem(key)),
  };
}
