/** Pages that are being delivered: so many at once, each waited for in its turn. */
export interface UnderWay {
  /** Aborted with the error of the first that fails: the others, which may be retrying for hours, are given up. */
  readonly failed: AbortSignal;
  /** Resolves when one more may begin; rejects with the first error. */
  room(): Promise<void>;
  add(page: Promise<void>): void;
  /** Resolves when all are delivered; rejects with the first error. */
  end(): Promise<void>;
  /** Resolves when all have come to rest, however they ended. */
  rest(): Promise<void>;
}

export function createUnderWay(most: number): UnderWay {
  const failure = new AbortController();
  const pages: Promise<void>[] = [];

  async function oldest(): Promise<void> {
    await pages[0];
    void pages.shift();
  }

  return {
    failed: failure.signal,
    async room() {
      while (pages.length >= most) await oldest();
    },
    add(page) {
      page.catch((error: unknown) => failure.abort(error));
      pages.push(page);
    },
    async end() {
      while (pages.length > 0) await oldest();
    },
    async rest() {
      await Promise.allSettled(pages);
    },
  };
}
