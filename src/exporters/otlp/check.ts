import type { CheckOutcome } from '../../core/source.ts';
import type { OtlpConnection } from './connection.ts';
import type { Encode } from './encoder.ts';
import * as problems from './problems.ts';

/** A request without a record, which receivers answer as any other, and which leaves nothing behind. */
export async function checkReceiver(
  connection: OtlpConnection,
  encode: Encode,
  signal: AbortSignal,
): Promise<CheckOutcome> {
  const empty = await encode([]);
  if (empty.kind === 'unencodable') throw new Error('bug: no document at all has no encoding');
  const answer = await connection.send(empty.request, 0, signal);
  switch (answer.kind) {
    case 'accepted':
      return { kind: 'ok', detail: 'The receiver speaks OTLP: it accepted a request without records.' };
    case 'retryable':
      return { kind: 'failed', problem: answer.problem };
    case 'unfit':
    case 'rejected':
      return { kind: 'failed', problem: problems.refusesEmpty(answer.reason) };
  }
}
