import { pbkdf2Sync, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type JsonObject, type JsonValue, memberOf, stringifyJson } from '../../src/core/json.ts';
import { waitForLock } from './real-parts.ts';
import type { Credentials, ServerRequest } from './search-client.ts';
import { type ConfigFiles, writeConfig } from './server-folder.ts';

export interface ServerUser extends Credentials {
  /** As `PUT /_security/role/<name>` takes it: `cluster` and `indices` with their privileges. */
  readonly role: JsonObject;
}

/** The server looks at the files that often; 5 s is usual. */
export const RELOAD_SETTINGS = { 'resource.reload.interval.high': '1s' };

const LIMIT_MS = 20_000;

/** The files of a server that knows one user only, who may do anything. */
export function filesOfAdmin(admin: Credentials): ConfigFiles {
  return { users: userLine(admin), users_roles: `superuser:${admin.username}\n`, 'roles.yml': '' };
}

/**
 * In files, since a server without index of its own for security has no other place. Several processes may do so at
 * once, each with names of its own.
 */
export async function defineUsersInFiles(
  configFolder: string,
  users: readonly ServerUser[],
  request: ServerRequest,
): Promise<void> {
  // A name that was never used tells an old role from the new one.
  const roles = users.map((user) => `${user.username}-${randomBytes(4).toString('hex')}`);
  const release = await waitForLock(join(configFolder, 'users.lock'));
  try {
    const linesOf = (name: string) => readFileSync(join(configFolder, name), 'utf8').split(/(?<=\n)/);
    const isKept = (name: string) => users.every((user) => user.username !== name);
    writeConfig(configFolder, {
      // JSON is YAML, and a role in one line is what the server's reader takes apart.
      'roles.yml': [
        ...linesOf('roles.yml'),
        ...users.map((user, at) => `${roles[at]}: ${stringifyJson(user.role)}\n`),
      ].join(''),
      users_roles: [
        ...linesOf('users_roles').filter((line) => isKept(line.trim().split(':')[1] ?? '')),
        ...users.map((user, at) => `${roles[at]}:${user.username}\n`),
      ].join(''),
      users: [...linesOf('users').filter((line) => isKept(line.split(':')[0] ?? '')), ...users.map(userLine)].join(''),
    });
  } finally {
    release();
  }
  for (const [at, user] of users.entries()) await untilKnown(user, roles[at] ?? '', request);
}

/** Where the server has an index for them. */
export async function defineUsersByApi(users: readonly ServerUser[], request: ServerRequest): Promise<void> {
  for (const { username, password, role } of users) {
    const answers = [
      await request('PUT', `/_security/role/${username}`, role),
      await request('PUT', `/_security/user/${username}`, { password, roles: [username] }),
    ];
    const refused = answers.find((answer) => answer.status >= 300);
    if (refused !== undefined) throw new Error(`no user ${username}: ${stringifyJson(refused.body)}`);
  }
}

/** The fewest rounds that the server knows: it is asked often, and protects nothing. */
const ROUNDS = 1_000;

function userLine({ username, password }: Credentials): string {
  const salt = randomBytes(32);
  const hash = pbkdf2Sync(password, salt, ROUNDS, 32, 'sha512');
  return `${username}:{PBKDF2}${ROUNDS}$${salt.toString('base64')}$${hash.toString('base64')}\n`;
}

/** The files are read one after the other: a user may be there before the role is. */
async function untilKnown(user: ServerUser, role: string, request: ServerRequest): Promise<void> {
  const deadline = performance.now() + LIMIT_MS;
  while (!(await isKnown(user, role, request))) {
    if (performance.now() > deadline) throw new Error(`the server does not get to know ${user.username}`);
    await delay(50);
  }
}

async function isKnown(user: ServerUser, role: string, request: ServerRequest): Promise<boolean> {
  const { body } = await request('GET', '/_security/_authenticate', undefined, user);
  const roles = memberOf(body, 'roles');
  if (!Array.isArray(roles) || !roles.includes(role)) return false;
  const { body: privileges } = await request('GET', '/_security/user/_privileges', undefined, user);
  return grants(user.role) === grants(privileges);
}

/** Whether anything is allowed at all. */
function grants(role: JsonValue): boolean {
  return ['cluster', 'indices'].some((kind) => {
    const granted = memberOf(role, kind);
    return Array.isArray(granted) && granted.length > 0;
  });
}
