import { setImmediate as othersTurn } from 'node:timers/promises';
import type { DeadLetter, DeadLetterStore, StoredDeadLetter } from '../core/dead-letter.ts';
import type { Exporter } from '../core/exporter.ts';
import { parseJson } from '../core/json.ts';
import type { Transform } from '../core/transform.ts';
import { settle } from './settle.ts';
import { commit, type ShipPageParts } from './ship-page.ts';
import { type Delivery, transformPage } from './transform-page.ts';

export interface RetryDeadLettersParts extends Pick<ShipPageParts, 'exporters' | 'store' | 'turns' | 'clock'> {
  readonly deadLetters: DeadLetterStore;
  /** The transform of a source, `undefined` for a source that is not configured (any more). */
  readonly transformOf: (source: string) => Transform | undefined;
}

export interface RetryReport {
  readonly tried: number;
  readonly settled: number;
}

/** Their raw events are in memory together. */
const LETTERS_AT_ONCE = 25;

/**
 * Tries every entry that is marked for a retry, once: an event that never became a document goes through the
 * transform to all exporters, one that an exporter refused goes to that exporter only. What is settled leaves the
 * dead letter in the same transaction; what is not stays, with the new reason and without the mark.
 */
export async function retryDeadLetters(parts: RetryDeadLettersParts, signal: AbortSignal): Promise<RetryReport> {
  let report: RetryReport = { tried: 0, settled: 0 };
  for (;;) {
    const letters = await parts.store(() => parts.deadLetters.retryRequested(LETTERS_AT_ONCE), signal);
    if (letters.length === 0) return report;
    const failed = await retryAll(parts, letters, signal);
    report = { tried: report.tried + letters.length, settled: report.settled + letters.length - failed };
    // Where nothing is sent, nothing else would get a turn until all are done.
    await othersTurn();
  }
}

async function retryAll(
  parts: RetryDeadLettersParts,
  letters: readonly StoredDeadLetter[],
  signal: AbortSignal,
): Promise<number> {
  const { exporters, turns } = parts;
  const attempts = letters.map((letter) => ({ letter, ...prepare(parts, letter) }));
  const failures: DeadLetter[] = attempts.flatMap(({ failure }) => failure ?? []);
  return turns.run(async () => {
    for (const exporter of exporters) {
      const deliveries = attempts.flatMap(({ letter, delivery }) =>
        delivery && isFor(letter, exporter) ? [delivery] : [],
      );
      failures.push(...(await settle(deliveries, [exporter], signal)));
    }
    const stay = new Set(failures.map(identity));
    const settledDeadLetters = letters.filter((letter) => !stay.has(identity(letter))).map(({ number }) => number);
    await commit(parts, () => ({ page: undefined, deadLetters: failures, settledDeadLetters }), signal);
    return letters.length - settledDeadLetters.length;
  }, signal);
}

function isFor(letter: StoredDeadLetter, exporter: Exporter): boolean {
  return letter.stage === 'transform' || letter.exporter === exporter.name;
}

function identity({ source, key, exporter }: DeadLetter): string {
  return JSON.stringify([source, key, exporter ?? null]);
}

/** The document to send, or why there is none; an event that the configuration drops by now needs neither. */
function prepare(
  { exporters, transformOf }: RetryDeadLettersParts,
  letter: StoredDeadLetter,
): { readonly delivery?: Delivery; readonly failure?: DeadLetter } {
  const { source, key, stage, exporter } = letter;
  const transform = transformOf(source);
  if (transform === undefined) return { failure: { ...letter, reason: `The source ${source} is not configured.` } };
  if (stage === 'export' && !exporters.some(({ name }) => name === exporter)) {
    return { failure: { ...letter, reason: `The exporter ${exporter} is not configured.` } };
  }
  const event = { key, processedAtMs: undefined, raw: parseJson(letter.raw) };
  const { deliveries, deadLetters } = transformPage(source, [event], transform, () => true);
  const [delivery] = deliveries;
  const [rejected] = deadLetters;
  return {
    ...(delivery === undefined ? {} : { delivery }),
    ...(rejected === undefined ? {} : { failure: { ...letter, reason: rejected.reason } }),
  };
}
