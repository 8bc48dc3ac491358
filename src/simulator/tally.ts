/** What the simulator did so far; the objects are live. */
export interface Requests {
  readonly total: number;
  /** `page`, `empty-page`, `event`, `event-actions`, an error code, `paused`, or `fault:` and its kind. */
  readonly outcomes: Readonly<Record<string, number>>;
}

export interface Served {
  /** Pages that were sent whole, the empty ones among them. */
  readonly pages: number;
  readonly emptyPages: number;
  /** Rows of those pages, so an event counts each time. */
  readonly events: number;
}

export interface Tally {
  readonly requests: Requests;
  readonly served: Served;
  count(outcome: string): void;
  page(rows: number): void;
}

export function createTally(): Tally {
  const requests: { total: number; outcomes: Record<string, number> } = { total: 0, outcomes: {} };
  const served = { pages: 0, emptyPages: 0, events: 0 };

  const count = (outcome: string): void => {
    requests.total += 1;
    requests.outcomes[outcome] = (requests.outcomes[outcome] ?? 0) + 1;
  };

  const page = (rows: number): void => {
    served.pages += 1;
    served.emptyPages += rows === 0 ? 1 : 0;
    served.events += rows;
  };

  return { requests, served, count, page };
}
