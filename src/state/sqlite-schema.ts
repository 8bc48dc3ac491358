/** Marks our files among SQLite databases: "atsh" in ASCII. */
export const APPLICATION_ID = 0x61747368;

/** Grows with every change of the tables; a file with a higher number is from a newer version. */
export const SCHEMA_VERSION = 1;

/**
 * `seen` is the ledger. Its rows go by `mark`, the source's own clock, so the index on it serves the pruning.
 * `checkpoint.begun` is a JSON array of keys: one row written per page instead of one per event.
 */
export const SCHEMA = `
  CREATE TABLE checkpoint (
    source           TEXT PRIMARY KEY,
    position         TEXT NOT NULL,
    revision         INTEGER NOT NULL,
    begun            TEXT NOT NULL DEFAULT '[]',
    history_since_ms INTEGER NOT NULL,
    updated_ms       INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE seen (
    source TEXT NOT NULL,
    key    TEXT NOT NULL,
    mark   INTEGER NOT NULL,
    PRIMARY KEY (source, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX seen_by_mark ON seen (source, mark);

  CREATE TABLE exporter_progress (
    exporter TEXT PRIMARY KEY,
    progress TEXT NOT NULL
  ) STRICT;

  CREATE TABLE dead_letter (
    number          INTEGER PRIMARY KEY AUTOINCREMENT,
    source          TEXT NOT NULL,
    key             TEXT NOT NULL,
    stage           TEXT NOT NULL CHECK (stage IN ('transform', 'export')),
    exporter        TEXT NOT NULL,
    reason          TEXT NOT NULL,
    raw             TEXT NOT NULL,
    first_ms        INTEGER NOT NULL,
    last_ms         INTEGER NOT NULL,
    attempts        INTEGER NOT NULL DEFAULT 1,
    retry_requested INTEGER NOT NULL DEFAULT 0,
    UNIQUE (source, key, exporter)
  ) STRICT;
`;

/** Made where they are missing, which no version minds. Raw events may have megabytes: what is looked for must not lead through them. */
export const INDEXES =
  'CREATE INDEX IF NOT EXISTS dead_letter_marked ON dead_letter (number) WHERE retry_requested = 1';
