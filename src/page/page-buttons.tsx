import type { DeadLetterEntry } from '../server/api.ts';

export interface PageButtonsProps {
  readonly entries: readonly DeadLetterEntry[];
  readonly path: readonly number[];
  readonly onPath: (path: readonly number[]) => void;
}

/** What the server tells at once. */
const MOST_ENTRIES = 100;

export function PageButtons({ entries, path, onPath }: PageButtonsProps) {
  const last = entries.at(-1);
  const hasNext = last !== undefined && entries.length >= MOST_ENTRIES;
  if (path.length === 0 && !hasNext) return null;
  return (
    <nav class="actions" aria-label="Pages of dead letters">
      {path.length > 0 && (
        <button type="button" onClick={() => onPath(path.slice(0, -1))}>
          Previous page
        </button>
      )}
      <span>Page {path.length + 1}</span>
      {hasNext && (
        <button type="button" onClick={() => onPath([...path, last.number])}>
          Next page
        </button>
      )}
    </nav>
  );
}
