/**
 * How Elasticsearch's `/_otlp` tells of refused documents: a line for each index and status.
 * https://github.com/elastic/elasticsearch, AbstractOTLPTransportAction
 */
const LINE = /^Index \[[^\]]*\] returned status \[([A-Z_]+)\] for (\d+) documents\. Sample error message: /;
const BEGINNING = /^(?=Index \[[^\]]*\] returned status \[)/m;

/** Whether records are rejected because a document of that id is there already. */
export type Conflicts = 'all' | 'some' | 'none';

/** What befalls any document for now, or until a person has mended it. Elasticsearch has no other way to say so here. */
const PASSING = new Set([
  'UNAUTHORIZED',
  'FORBIDDEN',
  'NOT_FOUND',
  'REQUEST_TIMEOUT',
  'TOO_MANY_REQUESTS',
  'INTERNAL_SERVER_ERROR',
  'BAD_GATEWAY',
  'SERVICE_UNAVAILABLE',
  'GATEWAY_TIMEOUT',
  'INSUFFICIENT_STORAGE',
]);

/** What the message of a partial success says of the rejected records: `none` if it is not one of Elasticsearch's. */
export function verdictOfElasticsearch(message: string, rejected: number): Conflicts | 'passing' {
  const groups = message
    .split(BEGINNING)
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, status = '', count = '0'] = LINE.exec(line) ?? [];
      return { status, documents: Number(count) };
    });
  if (groups.some(({ status }) => PASSING.has(status))) return 'passing';
  const conflicts = groups.filter(({ status }) => status === 'CONFLICT');
  if (conflicts.length === 0) return 'none';
  const documents = conflicts.reduce((sum, group) => sum + group.documents, 0);
  return conflicts.length === groups.length && documents === rejected ? 'all' : 'some';
}
