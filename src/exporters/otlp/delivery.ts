import type { Clock } from '../../core/clock.ts';
import { ALREADY_PRESENT, DELIVERED, type DocumentOutcome, type Outgoing } from '../../core/exporter.ts';
import { type Answer, LONG_INTERVAL_MS } from './answer.ts';
import type { OtlpExporterConfig } from './config.ts';
import type { OtlpConnection } from './connection.ts';
import { type Doubt, judge } from './doubt.ts';
import type { Encode } from './encoder.ts';
import * as problems from './problems.ts';

export interface DeliveryParts {
  readonly connection: OtlpConnection;
  readonly encode: Encode;
  readonly config: Pick<OtlpExporterConfig, 'maxRequestBytes' | 'refuseAfterMs' | 'searchMs'>;
  readonly clock: Clock;
  readonly events: DeliveryEvents;
}

/** What is worth counting. */
export interface DeliveryEvents {
  /** A request goes again in halves. */
  split(): void;
  /** Records go again that the receiver has, or may have. */
  repeated(records: number): void;
  /** The receiver took all, and has something to say. */
  warned(warning: string): void;
}

/** One export call: its parts, which may be under way side by side, share what they find out. */
export interface Attempt {
  /** Delivers a part; resolves to a finding for each document, in their order. Rejects as `Exporter.export` does. */
  deliver(part: readonly Outgoing[], signal: AbortSignal): Promise<readonly Finding[]>;
  /** When all parts are through: what the findings come to. Rejects in the same way. */
  conclude(
    batch: readonly Outgoing[],
    findings: readonly Finding[],
    signal: AbortSignal,
  ): Promise<readonly DocumentOutcome[]>;
}

/** An outcome, or a refusal of which nobody knows yet whether it is this record's alone. */
export type Finding = DocumentOutcome | InDoubt;

interface InDoubt {
  readonly kind: 'in-doubt';
  /** Whether the record stood alone in its request. */
  readonly isAlone: boolean;
  readonly answer: Unfit;
}

type Unfit = Extract<Answer, { readonly kind: 'unfit' }>;

/**
 * Brings records to a receiver that answers for a whole request at once. What is refused is looked for by halving (ADR 0017);
 * a record alone is refused for good only beside others that are taken, or after a time (ADR 0018).
 */
export function createDelivery({ connection, encode, config, clock, events }: DeliveryParts): () => Attempt {
  /** Since when documents are in requests that are refused, without any other answer in between; by their ids. */
  const refusedSinceMs = new Map<string, number>();
  /** Larger requests are not begun with: the search for what is refused in them did not come to its end in time. */
  let mostRecords = Number.POSITIVE_INFINITY;
  let fromTheEnd = true;

  return () => {
    const startedMs = clock.monotonic();
    // From the other end each time: what is refused again and again would keep a slow receiver from all behind it.
    fromTheEnd = !fromTheEnd;
    const isReversed = fromTheEnd;
    /** The last record that was certainly accepted. */
    let witness: Outgoing | undefined;
    /** A record was refused alone, and none accepted since. */
    let isDoubtful = false;
    let isUnfinished = false;

    const isLate = () => clock.monotonic() - startedMs > config.searchMs;

    async function deliver(part: readonly Outgoing[], signal: AbortSignal): Promise<readonly Finding[]> {
      signal.throwIfAborted();
      if (isLate()) return unfinished(part);
      if (part.length > 1 && part.length > mostRecords) return inHalves(part, signal);
      const encoded = await encode(part.map(({ document }) => document));
      if (encoded.kind === 'unencodable')
        return part.length > 1 ? inHalves(part, signal) : [{ kind: 'refused', reason: encoded.reason }];
      const { request } = encoded;
      if (part.length > 1 && request.plainBytes > config.maxRequestBytes) return inHalves(part, signal);
      const answer = await connection.send(request, part.length, signal).catch((error: unknown) => {
        // It was aborted: the receiver may have it.
        events.repeated(part.length);
        throw error;
      });
      return understand(answer, part, signal);
    }

    async function understand(
      answer: Answer,
      part: readonly Outgoing[],
      signal: AbortSignal,
    ): Promise<readonly Finding[]> {
      switch (answer.kind) {
        case 'accepted':
          isDoubtful = false;
          witness = part.at(-1);
          if (answer.warning !== '') events.warned(answer.warning);
          return part.map(() => DELIVERED);
        case 'retryable':
          forgetRefusals(part);
          if (answer.answerLost) events.repeated(part.length);
          return part.map(() => answer);
        case 'rejected':
          return rejected(answer, part, signal);
        case 'unfit':
          noteRefusal(part);
          if (part.length === 1) return alone(answer);
          // As far as anybody knows nothing is taken now: to search on would only send the same again and again.
          if (isDoubtful) return part.map(() => ({ kind: 'in-doubt', isAlone: false, answer }));
          if (mayBeTaken(answer)) events.repeated(part.length);
          return inHalves(part, signal);
      }
    }

    function alone(answer: Unfit): readonly Finding[] {
      isDoubtful = true;
      return [{ kind: 'in-doubt', isAlone: true, answer }];
    }

    async function rejected(
      { records, conflicts, reason }: Extract<Answer, { kind: 'rejected' }>,
      part: readonly Outgoing[],
      signal: AbortSignal,
    ): Promise<readonly Finding[]> {
      isDoubtful = false;
      const isAll = records === part.length;
      // Whatever is not a conflict was accepted: all are in place.
      if (conflicts === 'all') return part.map(() => (isAll ? ALREADY_PRESENT : DELIVERED));
      if (isAll && (conflicts === 'none' || part.length === 1)) return part.map(() => ({ kind: 'refused', reason }));
      events.repeated(part.length - records);
      return inHalves(part, signal);
    }

    async function inHalves(part: readonly Outgoing[], signal: AbortSignal): Promise<readonly Finding[]> {
      events.split();
      const middle = Math.ceil(part.length / 2);
      const [left, right] = [part.slice(0, middle), part.slice(middle)];
      if (!isReversed) return [...(await deliver(left, signal)), ...(await deliver(right, signal))];
      const last = await deliver(right, signal);
      return [...(await deliver(left, signal)), ...last];
    }

    function unfinished(part: readonly Outgoing[]): readonly Finding[] {
      isUnfinished = true;
      mostRecords = Math.min(mostRecords, part.length);
      const problem = problems.unfinished();
      return part.map(() => ({ kind: 'retryable', problem, retryAfterMs: undefined, answerLost: false }));
    }

    /** Those that were refused alone, sent again to be sure. */
    function settleDoubts(
      batch: readonly Outgoing[],
      findings: readonly Finding[],
      signal: AbortSignal,
    ): Promise<ReadonlyMap<Outgoing, DocumentOutcome>> {
      const doubts = batch.flatMap((outgoing, index): Doubt[] => {
        const finding = findings[index];
        if (finding?.kind !== 'in-doubt' || !finding.isAlone) return [];
        return [{ outgoing, reason: finding.answer.reason, hasWaited: hasWaited(outgoing) }];
      });
      return judge(doubts, { witness, send, isLate }, signal);
    }

    async function send(records: readonly Outgoing[], signal: AbortSignal): Promise<Answer | undefined> {
      const encoded = await encode(records.map(({ document }) => document));
      if (encoded.kind === 'unencodable') return undefined;
      if (witness !== undefined && records.includes(witness)) events.repeated(1);
      return connection.send(encoded.request, records.length, signal);
    }

    return {
      deliver,
      async conclude(batch, findings, signal) {
        const settled = await settleDoubts(batch, findings, signal);
        if (!isUnfinished) mostRecords = Number.POSITIVE_INFINITY;
        const isProgress = settled.size > 0 || findings.some(isSettled);
        const outcomes = batch.map((outgoing, index) => {
          const finding = findings[index];
          if (finding === undefined) throw new Error('bug: a document without a finding');
          if (finding.kind !== 'in-doubt') return finding;
          return settled.get(outgoing) ?? stillInDoubt(finding.answer, isProgress);
        });
        forgetRefusals(
          batch.filter((outgoing, index) => findings[index]?.kind !== 'in-doubt' || settled.has(outgoing)),
        );
        return outcomes;
      },
    };
  };

  function noteRefusal(part: readonly Outgoing[]): void {
    for (const { document } of part)
      if (!refusedSinceMs.has(document.id)) refusedSinceMs.set(document.id, clock.monotonic());
  }

  function forgetRefusals(documents: readonly Outgoing[]): void {
    for (const { document } of documents) refusedSinceMs.delete(document.id);
  }

  function hasWaited({ document }: Outgoing): boolean {
    const sinceMs = refusedSinceMs.get(document.id);
    return sinceMs !== undefined && clock.monotonic() - sinceMs >= config.refuseAfterMs;
  }

  function stillInDoubt(answer: Unfit, isProgress: boolean): DocumentOutcome {
    if (mayBeTaken(answer)) events.repeated(1);
    return {
      kind: 'retryable',
      problem: problems.refusesAll(answer.reason),
      retryAfterMs: isProgress ? undefined : LONG_INTERVAL_MS,
      answerLost: mayBeTaken(answer),
    };
  }
}

/** A receiver that fails may have taken a part of the request before. */
function mayBeTaken({ status }: Unfit): boolean {
  return status === 500;
}

function isSettled({ kind }: Finding): boolean {
  return kind !== 'in-doubt' && kind !== 'retryable';
}
