// biome-ignore-all lint/suspicious/noTemplateCurlyInString: configurations of the Collector hold them
import { join } from 'node:path';
import type { JsonObject } from '../../src/core/json.ts';

/** What the Collector has been given, as `collector-output.ts` reads it; rotated files lie beside it. */
export const OUTPUT_FILE = 'logs.jsonl';

/** In megabytes. A request of more is refused, each time that it comes. */
const LARGEST_FILE = 100;

/**
 * A configuration that answers only after delivery: nothing between receiver and exporter keeps anything, and the
 * operating system has what was answered, so that it outlives the Collector.
 */
export function fileCollector(folder: string, { maxMegabytes = LARGEST_FILE } = {}): JsonObject {
  return {
    receivers: { otlp: { protocols: { http: { endpoint: '${env:OTLP_ENDPOINT}' } } } },
    exporters: {
      file: {
        path: join(folder, OUTPUT_FILE),
        // Without it, a file is truncated at each start, and what was answered waits in a buffer. 0 keeps all of them.
        rotation: { max_megabytes: maxMegabytes, max_backups: 0 },
      },
    },
    service: { pipelines: { logs: { receivers: ['otlp'], exporters: ['file'] } } },
  };
}
