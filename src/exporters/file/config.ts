import { z } from 'zod';
import { byteSize, duration } from '../../core/config-fields.ts';

const MINUTE_MS = 60_000;
const YEAR_MS = 366 * 86_400_000;

/** The part of the configuration that this exporter owns. */
export const fileExporterSchema = z.strictObject({
  path: z
    .string()
    .min(1)
    .describe('NDJSON file to append to; "-" is standard output (at least once instead of exactly once).'),
  rotate: z
    .strictObject({
      max_size: byteSize().optional().describe('Begin a new file once this one has reached the size. Default: never.'),
      max_age: duration({ minMs: MINUTE_MS, maxMs: YEAR_MS })
        .optional()
        .describe('Begin a new file once this one is as old. Default: never.'),
    })
    .prefault({})
    .describe('Rotated files are renamed beside the file and never removed.'),
});

export type FileExporterSettings = z.output<typeof fileExporterSchema>;

/** What the file exporter is made with. */
export interface FileExporterConfig {
  readonly path: string;
  readonly rotate: RotationConfig;
}

/** Both `undefined`: one file for ever. */
export interface RotationConfig {
  /** A page that is begun below this size still goes into the file. */
  readonly maxBytes: number | undefined;
  readonly maxAgeMs: number | undefined;
}

export function toFileExporterConfig({ path, rotate }: FileExporterSettings): FileExporterConfig {
  return { path, rotate: { maxBytes: rotate.max_size, maxAgeMs: rotate.max_age } };
}
