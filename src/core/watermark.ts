import { memberOf } from './json.ts';
import type { Position } from './page.ts';

/** Positions are their sources' own business; those that have a watermark are read by people, epoch milliseconds. */
export function watermarkOf(position: Position): number | undefined {
  const watermarkMs = memberOf(position, 'watermarkMs');
  return typeof watermarkMs === 'number' ? watermarkMs : undefined;
}
