import type { AuditObject, EcsRelated, EcsUser, OneOrMore } from './ecs-document.ts';

export type Involved = {
  readonly people: readonly (EcsUser | undefined)[];
  readonly ip: string | undefined;
  /** Of sites. */
  readonly host: OneOrMore | undefined;
  readonly context: readonly AuditObject[];
};

/** Everything to pivot on, each value once, in the order in which it appears: the actor first. */
export function relatedOf({ people, ip, host, context }: Involved): EcsRelated | undefined {
  const user = usersOf(people);
  const hosts = all(host);
  const hash = hashesIn(context);
  if (user === undefined && ip === undefined && hosts === undefined && hash === undefined) return undefined;
  return { user, ip: ip === undefined ? undefined : [ip], hosts, hash };
}

function usersOf(people: Involved['people']): readonly string[] | undefined {
  const users = new Set<string>();
  for (const person of people) {
    if (person?.id !== undefined) users.add(person.id);
    if (person?.name !== undefined) users.add(person.name);
    if (person?.email !== undefined) users.add(person.email);
  }
  return users.size === 0 ? undefined : [...users];
}

const HASH_ATTRIBUTES = ['sha256', 'sha1', 'md5', 'hash', 'fileHash', 'checksum'] as const;
/** Hex digits of MD5, SHA-1, SHA-256 and SHA-512. */
const HASH = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128})$/i;

function hashesIn(context: readonly AuditObject[]): readonly string[] | undefined {
  let hashes: Set<string> | undefined;
  for (const { attributes } of context) {
    if (attributes === undefined) continue;
    for (const name of HASH_ATTRIBUTES) {
      const value = attributes[name];
      if (typeof value !== 'string' || !HASH.test(value)) continue;
      hashes ??= new Set();
      hashes.add(value.toLowerCase());
    }
  }
  return hashes && [...hashes];
}

function all(values: OneOrMore | undefined): readonly string[] | undefined {
  return typeof values === 'string' ? [values] : values;
}
