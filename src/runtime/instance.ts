import { createHash } from 'node:crypto';
import { resolve } from 'node:path';

/** Of shippers on one machine each has a state folder of its own. Does not tell which. */
export function instanceOf(stateFolder: string): string {
  return createHash('sha256').update(resolve(stateFolder)).digest('hex').slice(0, 16);
}
