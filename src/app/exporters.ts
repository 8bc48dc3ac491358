import { existsSync, fstatSync, realpathSync } from 'node:fs';
import type { Config, ElasticsearchTarget, OtlpTarget } from '../config/load.ts';
import type { Settings } from '../config/schema.ts';
import type { Clock } from '../core/clock.ts';
import { OutputUnusableError } from '../core/errors.ts';
import type { Exporter } from '../core/exporter.ts';
import type { Log } from '../core/log.ts';
import type { Metrics } from '../core/metrics.ts';
import { isUnprotected } from '../http/loopback.ts';
import { takeLock } from '../state/lock.ts';
import { DATASET } from '../transform/ecs-document.ts';
import { connectElasticsearch } from './connect-elasticsearch.ts';

export interface ExporterParts {
  readonly version: string;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly clock: Clock;
}

const STDOUT = 1;

export async function createExporters(
  { settings, elasticsearch, otlp }: Config,
  parts: ExporterParts,
): Promise<readonly Exporter[]> {
  const { file } = settings.exporters;
  const dataStream = `logs-${DATASET}-${settings.data_stream.namespace}`;
  return [
    ...(elasticsearch === undefined ? [] : [await createElasticsearch(elasticsearch, dataStream, parts)]),
    ...(otlp === undefined ? [] : [await createOtlp(otlp, settings.pipeline.export_timeout, parts)]),
    ...(file === undefined ? [] : [file.path === '-' ? await createStdout() : await createFile(file, parts)]),
  ];
}

async function createElasticsearch(
  target: ElasticsearchTarget,
  dataStream: string,
  parts: ExporterParts,
): Promise<Exporter> {
  const { createElasticsearchExporter } = await import('../exporters/elasticsearch/exporter.ts');
  const { toElasticsearchExporterConfig } = await import('../exporters/elasticsearch/config.ts');
  return createElasticsearchExporter({
    ...parts,
    name: 'elasticsearch',
    config: toElasticsearchExporterConfig(target.settings, dataStream),
    connection: await connectElasticsearch(target, parts),
  });
}

async function createOtlp(
  { settings, readHeaders }: OtlpTarget,
  exportTimeoutMs: number,
  parts: ExporterParts,
): Promise<Exporter> {
  const { createOtlpExporter } = await import('../exporters/otlp/exporter.ts');
  const { createOtlpConnection } = await import('../exporters/otlp/connection.ts');
  const { createRecordMaker } = await import('../exporters/otlp/records/record.ts');
  const { toOtlpConnectionConfig, toOtlpExporterConfig } = await import('../exporters/otlp/config.ts');
  const { version, clock, log } = parts;
  const config = toOtlpConnectionConfig(settings);
  if (readHeaders()?.size !== 0 && isUnprotected(config.url))
    log.warn('The headers of the OTLP exporter travel unprotected: its URL is http, not https');
  const { shape, service_name: serviceName, resource_attributes: resourceAttributes } = settings;
  return createOtlpExporter({
    ...parts,
    name: 'otlp',
    config: toOtlpExporterConfig(settings, exportTimeoutMs),
    connection: createOtlpConnection({ config, readHeaders, userAgent: `atlassian-shipper/${version}`, clock }),
    makeRecord: createRecordMaker({ shape, version, serviceName, resourceAttributes }),
  });
}

async function createStdout(): Promise<Exporter> {
  const { createStdoutExporter } = await import('../exporters/file/stdout-exporter.ts');
  const { createRegularStdout } = await import('../exporters/file/regular-stdout.ts');
  const isFile = fstatSync(STDOUT).isFile();
  return createStdoutExporter({ name: 'stdout', stdout: isFile ? createRegularStdout(STDOUT) : process.stdout });
}

async function createFile(
  settings: NonNullable<Settings['exporters']['file']>,
  parts: ExporterParts,
): Promise<Exporter> {
  const { createFileExporter } = await import('../exporters/file/exporter.ts');
  const { toFileExporterConfig } = await import('../exporters/file/config.ts');
  const config = toFileExporterConfig({ ...settings, path: followLink(settings.path) });
  return createFileExporter({ ...parts, name: 'file', config, lock: () => lockOutput(config.path) });
}

/** The file that is meant, so that rotating and locking do not go by the name of a link to it. */
function followLink(path: string): string {
  return existsSync(path) ? realpathSync(path) : path;
}

/** Two writers on one file would overwrite each other; each has a state of its own, so the state's lock does not tell. */
function lockOutput(path: string): () => void {
  return takeLock(
    `${path}.lock`,
    (cause) =>
      new OutputUnusableError(
        `Another process is writing to ${path}. Stop it first, or name another file (exporters.file.path, SHIPPER_FILE_PATH).`,
        { cause },
      ),
  );
}
