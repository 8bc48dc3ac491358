/** Cursors asked for since the walk last began from a moment; enough of them to notice a loop. */
export interface CursorMemory {
  /** `null`: a new walk begins. */
  ask(cursor: string | null): void;
  asked(cursor: string): boolean;
}

const REMEMBERED = 1_000;

export function createCursorMemory(): CursorMemory {
  const cursors = new Set<string>();
  return {
    ask(cursor) {
      if (cursor === null) {
        cursors.clear();
        return;
      }
      cursors.add(cursor);
      const [oldest] = cursors;
      if (cursors.size > REMEMBERED && oldest !== undefined) cursors.delete(oldest);
    },
    asked: (cursor) => cursors.has(cursor),
  };
}
