/** How often each outcome was met, in the order in which they came first: `7 created, 2 kept`. */
export interface SetupTotals {
  count(outcome: string): void;
  of(outcome: string): number;
  readonly text: string;
}

export function createSetupTotals(): SetupTotals {
  const counts = new Map<string, number>();
  const of = (outcome: string) => counts.get(outcome) ?? 0;
  return {
    of,
    count: (outcome) => void counts.set(outcome, of(outcome) + 1),
    get text() {
      return [...counts].map(([outcome, count]) => `${count} ${outcome}`).join(', ');
    },
  };
}
