/**
 * The library: the contracts, and what is needed to put a source or an exporter of one's own behind the same data path.
 * `examples/custom-exporter.ts` shows it at work.
 */
export { checkAll, type NamedCheck } from './app/check-all.ts';
export { type ConfiguredPartsOptions, createConfiguredParts } from './app/configured-parts.ts';
export { createShipper, type Shipper, type ShipperParts } from './app/shipper.ts';
export { type Config, type ConfigOrigin, loadConfig } from './config/load.ts';
export type { ConfigInput, Settings } from './config/schema.ts';
export type { Checkpoint, CheckpointStore, Commit, ExporterProgress, PageCommit } from './core/checkpoint-store.ts';
export type { Clock } from './core/clock.ts';
export type {
  DeadLetter,
  DeadLetterSelection,
  DeadLetterStage,
  DeadLetterStore,
  StoredDeadLetter,
} from './core/dead-letter.ts';
export { type Document, documentFields } from './core/document.ts';
export {
  ConfigError,
  NoSourceWorksError,
  ShipperError,
  SourceFailedError,
  StateLockedError,
  StateUnusableError,
} from './core/errors.ts';
export type { SourceEvent } from './core/event.ts';
export {
  ALREADY_PRESENT,
  type BatchLimits,
  DELIVERED,
  type DocumentOutcome,
  type Exporter,
  type Outgoing,
  type Progress,
} from './core/exporter.ts';
export type { Health } from './core/health.ts';
export { isJsonObject, type JsonObject, type JsonValue } from './core/json.ts';
export type { Log, LogFields } from './core/log.ts';
export { type Labels, METRICS, type MetricName, type Metrics } from './core/metrics.ts';
export type { LedgerWindow, Page, Position } from './core/page.ts';
export type { Problem } from './core/problem.ts';
export { Secret } from './core/secret.ts';
export type { CheckOutcome, PageOutcome, Source } from './core/source.ts';
export type { Transform, TransformOutcome } from './core/transform.ts';
export { createLogRecordExporter, type LogRecordExporterOptions } from './exporters/otlp/log-record-exporter.ts';
export type { RetryReport } from './pipeline/retry-dead-letters.ts';
export type { Route } from './pipeline/supervisor.ts';
export { systemClock } from './runtime/system-clock.ts';
export { createMemoryState } from './state/memory-state.ts';
export { openSqliteState } from './state/sqlite-state.ts';
export type { State } from './state/state.ts';
export { createMetrics, type MetricsReader } from './telemetry/metrics.ts';
export { createTransform, type TransformOptions } from './transform/to-ecs.ts';
