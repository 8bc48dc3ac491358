import type { AuditObject, EcsRelated, EcsSource, EcsUser } from './ecs-document.ts';
import { hostName } from './host-name.ts';
import { email, text, unlessEmpty } from './read.ts';

/** Types of context elements that are people. The id of somebody invited is that of the invitation. */
const INVITED = 'invited-user';
const PEOPLE: ReadonlySet<string> = new Set(['users', 'user', INVITED]);

/** Attributes that hold the host of a site. */
const HOST_ATTRIBUTES = ['siteHostName', 'cloudUrl'] as const;

export type Involved = {
  readonly people: readonly (EcsUser | undefined)[];
  readonly source: EcsSource | undefined;
  readonly context: readonly AuditObject[];
  readonly container: readonly AuditObject[];
};

/** Everything to pivot on, each value once, in the order in which it appears: the actor first. */
export function relatedOf(involved: Involved): EcsRelated | undefined {
  const built: EcsRelated = {};
  const ip = involved.source?.ip;
  if (ip !== undefined) built.ip = [ip];
  const users = relatedUsers(involved);
  if (users.size > 0) built.user = [...users];
  const hosts = relatedHosts(involved);
  if (hosts.size > 0) built.hosts = [...hosts];
  return unlessEmpty(built);
}

function relatedUsers({ people, context }: Involved): ReadonlySet<string> {
  const users = new Set<string>();
  for (const person of people) {
    addAll(users, person?.id, person?.name, person?.email);
  }
  for (const { id, type, attributes } of context) {
    if (type === undefined || !PEOPLE.has(type)) continue;
    addAll(users, type === INVITED ? undefined : id, text(attributes?.['name']), email(attributes?.['email']));
  }
  return users;
}

function relatedHosts({ context, container }: Involved): ReadonlySet<string> {
  const hosts = new Set<string>();
  for (const { attributes } of context) addHosts(hosts, attributes);
  for (const { attributes } of container) addHosts(hosts, attributes);
  return hosts;
}

function addHosts(hosts: Set<string>, attributes: AuditObject['attributes']): void {
  if (attributes === undefined) return;
  for (const name of HOST_ATTRIBUTES) {
    const site = text(attributes[name]);
    const host = site === undefined ? undefined : hostName(site);
    if (host !== undefined) hosts.add(host);
  }
}

function addAll(values: Set<string>, ...found: readonly (string | undefined)[]): void {
  for (const value of found) if (value !== undefined) values.add(value);
}
