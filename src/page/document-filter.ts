import type { DocumentSummary } from '../server/api.ts';

/** Those in which every word of the filter stands somewhere, in whatever case. */
export function filterDocuments(documents: readonly DocumentSummary[], filter: string): readonly DocumentSummary[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return documents;
  return documents.filter((document) => {
    const text = textOf(document).toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** What a person sees of it; between two cells no word goes on. */
function textOf({ category, action, outcome, actor, place, message }: DocumentSummary): string {
  return [...category, action, outcome, actor, place, message].join('\n');
}
