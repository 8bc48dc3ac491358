import {
  ALREADY_PRESENT,
  type BatchLimits,
  DELIVERED,
  type DocumentOutcome,
  type Exporter,
  type Outgoing,
  type Progress,
} from '../../src/core/exporter.ts';
import type { JsonValue } from '../../src/core/json.ts';

/** What the destination does with one document at one attempt. */
export type Scripted =
  | 'delivered'
  | 'already-present'
  | 'refused'
  | 'retryable'
  /** It is in place, but nobody hears of it. */
  | 'answer-lost'
  | { readonly kind: 'retryable'; readonly retryAfterMs: number };

export interface RecordingOptions {
  readonly name?: string;
  readonly limits?: BatchLimits;
  /** `attempt` counts from 1 per document. Default: everything is delivered. */
  readonly script?: (outgoing: Outgoing, attempt: number) => Scripted;
  /** Runs before the batch is looked at: to wait, to abort, to fail. */
  readonly before?: (batch: readonly Outgoing[], signal: AbortSignal) => Promise<void> | void;
  /** The destination can't tell by itself what it has; it is given `Progress` and does not look. */
  readonly bytes?: boolean;
  /** Told of everything that happens, across exporters that share it. */
  readonly timeline?: string[];
}

/** An exporter in memory. It holds twice what it is given twice, unless it was told to look. */
export interface RecordingExporter extends Exporter {
  /** Ids at the destination, in order. */
  readonly ids: readonly string[];
  /** Every call, as it came. */
  readonly calls: readonly (readonly Outgoing[])[];
  readonly closed: () => boolean;
}

const ROOMY: BatchLimits = { maxDocuments: 1_000, maxBytes: 10_000_000 };

export function createRecordingExporter(options: RecordingOptions = {}): RecordingExporter {
  const {
    name = 'recording',
    limits = ROOMY,
    script = () => 'delivered',
    before,
    bytes = false,
    timeline = [],
  } = options;
  const ids: string[] = [];
  const present = new Set<string>();
  const attempts = new Map<string, number>();
  const calls: (readonly Outgoing[])[] = [];
  let closed = false;

  function put({ document, maybeDelivered }: Outgoing): DocumentOutcome {
    if (!bytes && maybeDelivered && present.has(document.id)) return ALREADY_PRESENT;
    present.add(document.id);
    ids.push(document.id);
    timeline.push(`${name} wrote ${document.id}`);
    return DELIVERED;
  }

  function answer(outgoing: Outgoing): DocumentOutcome {
    const { id } = outgoing.document;
    const attempt = (attempts.get(id) ?? 0) + 1;
    attempts.set(id, attempt);
    const scripted = script(outgoing, attempt);
    switch (scripted) {
      case 'delivered':
        return put(outgoing);
      case 'already-present':
        return ALREADY_PRESENT;
      case 'refused':
        return { kind: 'refused', reason: `${name} does not want ${id}` };
      case 'answer-lost':
        put(outgoing);
        return retryable(undefined, true);
      case 'retryable':
        return retryable(undefined, false);
      default:
        return retryable(scripted.retryAfterMs, false);
    }
  }

  const progress: Progress = {
    async restore(stored) {
      if (typeof stored === 'number') ids.length = stored;
    },
    current: (): JsonValue => ids.length,
    committed: () => void timeline.push(`${name} committed`),
  };

  return {
    name,
    limits,
    progress: bytes ? progress : undefined,
    ids,
    calls,
    closed: () => closed,
    async check() {
      return { kind: 'ok', detail: 'in memory' };
    },
    async export(batch, signal) {
      calls.push(batch);
      await before?.(batch, signal);
      signal.throwIfAborted();
      return batch.map(answer);
    },
    async close() {
      closed = true;
    },
  };
}

function retryable(retryAfterMs: number | undefined, answerLost: boolean): DocumentOutcome {
  const problem = { code: 'busy', message: 'The destination is busy.', remedy: 'Wait.' };
  return { kind: 'retryable', problem, retryAfterMs, answerLost };
}
