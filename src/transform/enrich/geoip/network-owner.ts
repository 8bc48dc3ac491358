import type { EcsAs } from '../../ecs-document.ts';
import { isFields, numberWithin, text } from './read-record.ts';

/** Numbers of autonomous systems have 32 bits. */
const HIGHEST_NUMBER = 2 ** 32 - 1;

/** Whose network an address is in, `undefined` if the record does not tell. */
export function networkOwnerOf(record: unknown): EcsAs | undefined {
  if (!isFields(record)) return undefined;
  const number = numberWithin(record['autonomous_system_number'], 0, HIGHEST_NUMBER);
  const name = text(record['autonomous_system_organization']);
  if (number === undefined && name === undefined) return undefined;
  return { number, organization: name === undefined ? undefined : { name } };
}
