import { statSync } from 'node:fs';
import type { Collector } from './collector.ts';
import { collectorIds, outputFiles } from './collector-output.ts';
import type { Destination } from './kill-and-restart.ts';

/** OTLP/JSON names the kind of every value, which doubles a document and more. */
const BYTES_PER_RECORD = 7_400;

/** A Collector with the configuration of `fileCollector(folder)`. */
export function collectorDestination({ url }: Pick<Collector, 'url'>, folder: string): Destination {
  return {
    config: { exporters: { otlp: { endpoint: url } } },
    estimate() {
      const bytes = outputFiles(folder).reduce((sum, file) => sum + statSync(file).size, 0);
      return bytes / BYTES_PER_RECORD;
    },
    ids: () => collectorIds(folder),
  };
}
