import type { Document } from '../core/document.ts';

/** The last documents that were settled, so that a person can see what goes through. */
export interface RecentDocuments {
  add(documents: readonly Document[]): void;
  /** The newest first. */
  list(): readonly Document[];
}

const MOST = 100;
/** A document may have megabytes; what is kept for looking at stays small: 100 of these. */
const LARGEST_CHARACTERS = 65_536;

export function createRecentDocuments(): RecentDocuments {
  let recent: readonly Document[] = [];
  return {
    add(documents) {
      const kept = documents.slice(-MOST).filter(({ json }) => json.length <= LARGEST_CHARACTERS);
      if (kept.length > 0) recent = [...recent, ...kept].slice(-MOST);
    },
    list: () => recent.toReversed(),
  };
}
