import { Buffer } from 'node:buffer';
import type { BatchLimits, Outgoing } from './exporter.ts';

/**
 * Cuts a page into batches within the limits, in order. A document above `maxBytes` goes alone: whether it is too
 * large is for the destination to say.
 */
export function* inBatches(documents: readonly Outgoing[], limits: BatchLimits): Generator<Outgoing[]> {
  let batch: Outgoing[] = [];
  let bytes = 0;
  for (const outgoing of documents) {
    const size = lineBytes(outgoing);
    const full = batch.length >= limits.maxDocuments || bytes + size > limits.maxBytes;
    if (full && batch.length > 0) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(outgoing);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

/** The document's JSON with a line end, in UTF-8. */
export function lineBytes({ document }: Outgoing): number {
  return Buffer.byteLength(document.json) + 1;
}
