/** What could not be delivered and is kept until a person decides. */
export interface DeadLetter {
  readonly source: string;
  /** The event's key; see `SourceEvent`. With `source` and `exporter` it identifies the entry. */
  readonly key: string;
  /** `transform`: never became a document. `export`: the named exporter refused the document for good. */
  readonly stage: DeadLetterStage;
  /** The exporter that refused; `undefined` at stage `transform`, where no exporter has the event. */
  readonly exporter: string | undefined;
  readonly reason: string;
  /** The raw event as JSON text. */
  readonly raw: string;
}

export type DeadLetterStage = 'transform' | 'export';

export interface StoredDeadLetter extends DeadLetter {
  /** Row number, unique for ever; what a person names in `dead-letter retry`. */
  readonly number: number;
  /** Epoch milliseconds. */
  readonly firstAtMs: number;
  /** Epoch milliseconds. */
  readonly lastAtMs: number;
  /** How often it has been tried, the first time included. */
  readonly attempts: number;
  readonly retryRequested: boolean;
}

/** Which entries: all, or those of some row numbers. */
export type DeadLetterSelection = { readonly all: true } | { readonly numbers: readonly number[] };

/**
 * The part of the state that a person looks into. Entries are written, replaced and removed only by a commit
 * (`CheckpointStore`), so that an entry and the position that passes its event become durable together.
 */
export interface DeadLetterStore {
  count(): number;
  /** Oldest first, at most `limit` rows after row `after`. Of raw events, which may have megabytes, as many characters as are asked for; default: all. */
  list(page: DeadLetterPage): readonly StoredDeadLetter[];
  /** Asks for a retry; answers how many entries were marked. Works beside a running shipper. */
  requestRetry(selection: DeadLetterSelection): number;
  /** Entries marked for a retry, oldest first, at most `limit`, and fewer where their raw events are large. */
  retryRequested(limit: number): readonly StoredDeadLetter[];
}

export interface DeadLetterPage {
  readonly after: number;
  readonly limit: number;
  readonly rawCharacters?: number;
}
