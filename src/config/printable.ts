import { formatByteSize } from '../core/config-fields.ts';
import { formatDuration } from '../core/duration.ts';
import type { ElasticsearchSettings } from '../exporters/elasticsearch/config.ts';
import type { OtlpSettings } from '../exporters/otlp/config.ts';
import type { Settings } from './schema.ts';

const MASK = '[secret]';

/** The settings as they would be written, all defaults filled in, without secrets. */
export function printable(settings: Settings) {
  const { sources, exporters, pipeline } = settings;
  return {
    ...settings,
    sources: sources.map(({ api_key, from, ...source }) => ({
      ...source,
      ...(api_key !== undefined && { api_key: MASK }),
      ...(from !== undefined && { from: new Date(from).toISOString() }),
      lookback: formatDuration(source.lookback),
      poll_interval: formatDuration(source.poll_interval),
      overlap: formatDuration(source.overlap),
      request_timeout: formatDuration(source.request_timeout),
      silence_after: formatDuration(source.silence_after),
    })),
    exporters: {
      ...(exporters.elasticsearch !== undefined && { elasticsearch: printableElasticsearch(exporters.elasticsearch) }),
      ...(exporters.otlp !== undefined && { otlp: printableOtlp(exporters.otlp) }),
      ...(exporters.file !== undefined && {
        file: { ...exporters.file, rotate: printableRotation(exporters.file.rotate) },
      }),
    },
    pipeline: {
      ...pipeline,
      export_timeout: formatDuration(pipeline.export_timeout),
      drain_timeout: formatDuration(pipeline.drain_timeout),
    },
  };
}

/** Its secrets are masked already. */
function printableElasticsearch(settings: ElasticsearchSettings) {
  const { batch, request_timeout, retention } = settings;
  return {
    ...settings,
    batch: { ...batch, max_bytes: formatByteSize(batch.max_bytes) },
    request_timeout: formatDuration(request_timeout),
    ...(retention !== undefined && { retention: formatDuration(retention) }),
  };
}

function printableOtlp(settings: OtlpSettings) {
  const { batch, timeout, refuse_after } = settings;
  return {
    ...settings,
    timeout: formatDuration(timeout),
    batch: { ...batch, max_bytes: formatByteSize(batch.max_bytes) },
    refuse_after: formatDuration(refuse_after),
  };
}

type Rotation = NonNullable<Settings['exporters']['file']>['rotate'];

function printableRotation({ max_size, max_age }: Rotation) {
  return {
    ...(max_size !== undefined && { max_size: formatByteSize(max_size) }),
    ...(max_age !== undefined && { max_age: formatDuration(max_age) }),
  };
}
