import type { Clock } from '../../core/clock.ts';
import { ALREADY_PRESENT, DELIVERED, type DocumentOutcome, type Outgoing } from '../../core/exporter.ts';
import { type Answer, LONG_INTERVAL_MS } from './answer.ts';
import type { OtlpExporterConfig } from './config.ts';
import type { OtlpConnection } from './connection.ts';
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
  /** When all parts are through: what the findings come to. */
  conclude(batch: readonly Outgoing[], findings: readonly Finding[]): readonly DocumentOutcome[];
}

/** An outcome, or a refusal of which nobody knows yet whether it is this record's alone. */
export type Finding = DocumentOutcome | InDoubt;

interface InDoubt {
  readonly kind: 'in-doubt';
  readonly isAlone: boolean;
  readonly answer: Unfit;
}

type Unfit = Extract<Answer, { readonly kind: 'unfit' }>;

/**
 * Brings records to a receiver that answers for a whole request at once. What is refused is looked for by halving (ADR 0017);
 * a record alone is refused for good only if others are accepted meanwhile, or, after a time, an empty request is (ADR 0018).
 */
export function createDelivery({ connection, encode, config, clock, events }: DeliveryParts): () => Attempt {
  /** Since when documents that are not settled have been part of a request that was refused, by their ids. */
  const refusedSinceMs = new Map<string, number>();

  return () => {
    const startedMs = clock.monotonic();
    let isAnyAccepted = false;
    let areSomeInDoubt = false;

    async function deliver(part: readonly Outgoing[], signal: AbortSignal): Promise<readonly Finding[]> {
      signal.throwIfAborted();
      if (clock.monotonic() - startedMs > config.searchMs) return part.map(unfinished);
      const encoded = await encode(part.map(({ document }) => document));
      if (encoded.kind === 'unencodable')
        return part.length > 1 ? inHalves(part, signal) : [{ kind: 'refused', reason: encoded.reason }];
      const { request } = encoded;
      if (request.plainBytes > config.maxRequestBytes && part.length > 1) return inHalves(part, signal);
      return understand(await connection.send(request, part.length, signal), part, signal);
    }

    async function understand(
      answer: Answer,
      part: readonly Outgoing[],
      signal: AbortSignal,
    ): Promise<readonly Finding[]> {
      switch (answer.kind) {
        case 'accepted':
          isAnyAccepted = true;
          if (answer.warning !== '') events.warned(answer.warning);
          return part.map(() => DELIVERED);
        case 'retryable':
          if (answer.answerLost) events.repeated(part.length);
          return part.map(() => answer);
        case 'rejected':
          return rejected(answer, part, signal);
        case 'unfit':
          noteRefused(part);
          // As far as anybody knows nothing is taken: to search on would only send the same again and again.
          if (areSomeInDoubt && !isAnyAccepted) return part.map(() => ({ kind: 'in-doubt', isAlone: false, answer }));
          if (part.length === 1) return alone(part, answer, signal);
          if (mayBeTaken(answer)) events.repeated(part.length);
          return inHalves(part, signal);
      }
    }

    async function rejected(
      { records, conflicts, reason }: Extract<Answer, { kind: 'rejected' }>,
      part: readonly Outgoing[],
      signal: AbortSignal,
    ): Promise<readonly Finding[]> {
      const isAll = records === part.length;
      if (!isAll || conflicts === 'all') isAnyAccepted = true;
      // Whatever is not a conflict was accepted: all are in place.
      if (conflicts === 'all') return part.map(() => (isAll ? ALREADY_PRESENT : DELIVERED));
      if (isAll && (conflicts === 'none' || part.length === 1)) return part.map(() => ({ kind: 'refused', reason }));
      events.repeated(part.length - records);
      return inHalves(part, signal);
    }

    async function inHalves(part: readonly Outgoing[], signal: AbortSignal): Promise<readonly Finding[]> {
      events.split();
      const middle = Math.ceil(part.length / 2);
      const first = await deliver(part.slice(0, middle), signal);
      return [...first, ...(await deliver(part.slice(middle), signal))];
    }

    async function alone(part: readonly Outgoing[], answer: Unfit, signal: AbortSignal): Promise<readonly Finding[]> {
      const isDecided = isAnyAccepted || (part.every(hasWaited) && (await takesEmptyRequest(signal)));
      if (isDecided) return part.map(() => ({ kind: 'refused', reason: answer.reason }));
      areSomeInDoubt = true;
      return part.map(() => ({ kind: 'in-doubt', isAlone: true, answer }));
    }

    function concluded(finding: Finding): DocumentOutcome {
      if (finding.kind !== 'in-doubt') return finding;
      const { isAlone, answer } = finding;
      if (isAlone && isAnyAccepted) return { kind: 'refused', reason: answer.reason };
      if (mayBeTaken(answer)) events.repeated(1);
      return {
        kind: 'retryable',
        problem: problems.refusesAll(answer.reason),
        retryAfterMs: isAnyAccepted ? undefined : LONG_INTERVAL_MS,
        answerLost: mayBeTaken(answer),
      };
    }

    return {
      deliver,
      conclude(batch, findings) {
        const outcomes = findings.map(concluded);
        for (const [index, { document }] of batch.entries())
          if (outcomes[index]?.kind !== 'retryable') refusedSinceMs.delete(document.id);
        return outcomes;
      },
    };
  };

  function noteRefused(part: readonly Outgoing[]): void {
    for (const { document } of part)
      if (!refusedSinceMs.has(document.id)) refusedSinceMs.set(document.id, clock.monotonic());
  }

  function hasWaited({ document }: Outgoing): boolean {
    const sinceMs = refusedSinceMs.get(document.id);
    return sinceMs !== undefined && clock.monotonic() - sinceMs >= config.refuseAfterMs;
  }

  async function takesEmptyRequest(signal: AbortSignal): Promise<boolean> {
    const empty = await encode([]);
    return empty.kind === 'request' && (await connection.send(empty.request, 0, signal)).kind === 'accepted';
  }
}

/** A receiver that fails may have taken a part of the request before. */
function mayBeTaken({ status }: Unfit): boolean {
  return status === 500;
}

function unfinished(): DocumentOutcome {
  return { kind: 'retryable', problem: problems.unfinished(), retryAfterMs: undefined, answerLost: false };
}
