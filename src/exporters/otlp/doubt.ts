import { ALREADY_PRESENT, DELIVERED, type DocumentOutcome, type Outgoing } from '../../core/exporter.ts';
import type { Answer } from './answer.ts';

/** A record that was refused alone. */
export interface Doubt {
  readonly outgoing: Outgoing;
  readonly reason: string;
  /** For as long as the configuration wants. */
  readonly hasWaited: boolean;
}

export interface Court {
  /** A record that was accepted in the same export call, if one was. */
  readonly witness: Outgoing | undefined;
  /** Sends records again, or an empty request; `undefined` if they have no encoding. */
  readonly send: (records: readonly Outgoing[], signal: AbortSignal) => Promise<Answer | undefined>;
  /** No further request may be begun. */
  readonly isLate: () => boolean;
}

/** So often in turn the witness has to be accepted and the record refused: a receiver that fails by chance seldom does that. */
const ROUNDS = 3;

/**
 * Whether records that were refused alone are to blame, or the receiver (ADR 0018). Resolves to the outcome of those of which it is
 * known; the others stay in doubt. Rejects only with `signal.reason`, after an abort.
 */
export async function judge(
  doubts: readonly Doubt[],
  court: Court,
  signal: AbortSignal,
): Promise<ReadonlyMap<Outgoing, DocumentOutcome>> {
  const settled = new Map<Outgoing, DocumentOutcome>();
  if (doubts.length === 0) return settled;
  const { witness } = court;
  const guilty =
    witness === undefined
      ? await judgeByTime(doubts, court, signal)
      : await judgeBy(witness, doubts, court, settled, signal);
  for (const { outgoing, reason } of guilty) settled.set(outgoing, { kind: 'refused', reason });
  return settled;
}

/** Nothing was accepted in this call. Whoever has waited long enough is refused, if at least a request without records is taken. */
async function judgeByTime(doubts: readonly Doubt[], court: Court, signal: AbortSignal): Promise<readonly Doubt[]> {
  const waited = doubts.filter(({ hasWaited }) => hasWaited);
  return waited.length > 0 && (await isAccepted([], court, signal)) ? waited : [];
}

async function judgeBy(
  witness: Outgoing,
  doubts: readonly Doubt[],
  court: Court,
  settled: Map<Outgoing, DocumentOutcome>,
  signal: AbortSignal,
): Promise<readonly Doubt[]> {
  let left = doubts;
  for (let round = 0; round < ROUNDS && left.length > 0; round += 1) {
    if (!(await isAccepted([witness], court, signal))) return [];
    const again: Doubt[] = [];
    for (const doubt of left) {
      if (court.isLate()) return [];
      const answer = await court.send([doubt.outgoing], signal);
      if (answer?.kind === 'unfit') again.push({ ...doubt, reason: answer.reason });
      else if (answer !== undefined) settled.set(doubt.outgoing, outcomeOf(answer));
    }
    left = again;
  }
  return left;
}

async function isAccepted(records: readonly Outgoing[], court: Court, signal: AbortSignal): Promise<boolean> {
  if (court.isLate()) return false;
  const answer = await court.send(records, signal);
  // A witness that is there already was accepted before.
  return answer?.kind === 'accepted' || (answer?.kind === 'rejected' && answer.conflicts === 'all');
}

function outcomeOf(answer: Exclude<Answer, { kind: 'unfit' }>): DocumentOutcome {
  switch (answer.kind) {
    case 'accepted':
      return DELIVERED;
    case 'rejected':
      return answer.conflicts === 'all' ? ALREADY_PRESENT : { kind: 'refused', reason: answer.reason };
    case 'retryable':
      return answer;
  }
}
