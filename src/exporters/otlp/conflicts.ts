/**
 * How Elasticsearch's `/_otlp` tells of refused documents: a line for each index and status.
 * https://github.com/elastic/elasticsearch, AbstractOTLPTransportAction
 */
const LINE = /^Index \[[^\]]*\] returned status \[([A-Z_]+)\] for (\d+) documents\. Sample error message: /;
const BEGINNING = /^(?=Index \[[^\]]*\] returned status \[)/m;

/** What a partial success says of the records that it rejects. */
export type Conflicts = 'all' | 'some' | 'none';

/** Whether they are rejected because a document of that id is there already. */
export function conflictsIn(message: string, rejected: number): Conflicts {
  const lines = message.split(BEGINNING).filter((line) => line.trim() !== '');
  const counts = lines.map((line) => {
    const [, status, count] = LINE.exec(line) ?? [];
    return { isConflict: status === 'CONFLICT', count: Number(count ?? 0) };
  });
  const conflicts = counts.filter(({ isConflict }) => isConflict).reduce((sum, { count }) => sum + count, 0);
  if (conflicts === 0) return 'none';
  return conflicts === rejected && counts.every(({ isConflict }) => isConflict) ? 'all' : 'some';
}
