import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Destination } from './kill-and-restart.ts';
import { outputIds } from './output-ids.ts';

const BYTES_PER_DOCUMENT = 3_000;

/** NDJSON files in a folder of their own, below an empty one. */
export function fileDestination(
  folder: string,
  { rotateAt }: { readonly rotateAt?: string | undefined } = {},
): Destination {
  const out = join(folder, 'out');
  mkdirSync(out);
  const rotate = rotateAt === undefined ? {} : { rotate: { max_size: rotateAt } };
  return {
    config: { exporters: { file: { path: join(out, 'audit.ndjson'), ...rotate } } },
    estimate() {
      const bytes = readdirSync(out).reduce((sum, name) => sum + statSync(join(out, name)).size, 0);
      return bytes / BYTES_PER_DOCUMENT;
    },
    ids: () => outputIds(out),
  };
}
