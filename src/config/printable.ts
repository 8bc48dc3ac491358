import { formatDuration } from '../core/duration.ts';
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
    })),
    exporters: {
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

type Rotation = NonNullable<Settings['exporters']['file']>['rotate'];

function printableRotation({ max_size, max_age }: Rotation) {
  return {
    ...(max_size !== undefined && { max_size: `${max_size}B` }),
    ...(max_age !== undefined && { max_age: formatDuration(max_age) }),
  };
}
