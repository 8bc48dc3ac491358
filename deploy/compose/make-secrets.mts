/**
 * Makes the passwords and keys that docker-compose.yml takes from files: `docker compose run --rm secrets`. A secret that is
 * there stays as it is, and none is printed. It needs nothing but Node, so that it runs in Node's own image.
 *
 * The users of the containers have to read the files, each with another number, so anybody may; that nobody else on this
 * machine can is up to the folder, which only its owner may enter. (The engine enters it as root, or as that owner.)
 */
import { pbkdf2Sync, randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = '/secrets';

/** Users of Elasticsearch, with the files of their passwords. Their roles are in elasticsearch/users_roles. */
const USERS = {
  admin: 'elasticsearch_admin_password',
  'atlassian-shipper': 'elasticsearch_shipper_password',
  'atlassian-shipper-setup': 'elasticsearch_setup_password',
  'atlassian-shipper-kibana': 'elasticsearch_kibana_setup_password',
};

/** How Kibana itself is known to Elasticsearch. */
const KIBANA_ACCOUNT = 'elastic/kibana/compose';

/** As many as Elasticsearch's own tool takes. */
const ROUNDS = 10_000;

chmodSync(FOLDER, 0o700);
const { uid, gid } = statSync(FOLDER);

// Yours goes in there; until then there has to be something to mount.
makeOnce('atlassian_api_key', '');
makeOnce('shipper_server_token', random());
for (const file of Object.values(USERS)) makeOnce(file, random());
makeOnce('kibana.yml', kibanaSettings());

keepHashes('elasticsearch_users', new Map(Object.entries(USERS).map(([user, file]) => [user, read(file).trim()])));
keepHashes('elasticsearch_service_tokens', new Map([[KIBANA_ACCOUNT, kibanaToken()]]));

say('\nNext, with a simulated organization: docker compose --profile demo up');
say(
  'With yours: its API key into secrets/atlassian_api_key, its id into .env (see .env.example), docker compose up -d',
);

function makeOnce(name: string, content: string): void {
  if (existsSync(join(FOLDER, name))) say(`kept    secrets/${name}`);
  else write(name, content);
}

/** Hashes of secrets that others hold: written again when they don't fit any more, such as after a secret was renewed. */
function keepHashes(name: string, secrets: ReadonlyMap<string, string>): void {
  const lines = existsSync(join(FOLDER, name)) ? read(name).split('\n') : [];
  const isKnown = ([owner, secret]: [string, string]) =>
    lines.some((line) => line.startsWith(`${owner}:`) && fits(line.slice(owner.length + 1), secret));
  if ([...secrets].every(isKnown)) say(`kept    secrets/${name}`);
  else write(name, [...secrets].map(([owner, secret]) => `${owner}:${hashed(secret, randomBytes(32))}\n`).join(''));
}

function write(name: string, content: string): void {
  const file = join(FOLDER, name);
  // In place: a running container has mounted the file, not its name.
  writeFileSync(file, content, { mode: 0o644 });
  // As if the owner of the folder had made it, who wants to put a key into one of them.
  chownSync(file, uid, gid);
  say(`written secrets/${name}`);
}

function read(name: string): string {
  return readFileSync(join(FOLDER, name), 'utf8');
}

/** 256 bits, in letters that need no quotes anywhere. */
function random(): string {
  return randomBytes(32).toString('base64url');
}

/** As Elasticsearch has it in files: PBKDF2 with HMAC-SHA512. */
function hashed(secret: string, salt: Buffer): string {
  const hash = pbkdf2Sync(secret, salt, ROUNDS, 32, 'sha512');
  return `{PBKDF2}${ROUNDS}$${salt.toString('base64')}$${hash.toString('base64')}`;
}

function fits(hash: string, secret: string): boolean {
  return hash === hashed(secret, Buffer.from(hash.split('$')[1] ?? '', 'base64'));
}

/** Secrets only: all else is in docker-compose.yml. */
function kibanaSettings(): string {
  // Four bytes tell the version of this form.
  const token = Buffer.concat([Buffer.from([0, 1, 0, 1]), Buffer.from(`${KIBANA_ACCOUNT}:${random()}`)]);
  return [
    `elasticsearch.serviceAccountToken: ${token.toString('base64')}`,
    `xpack.security.encryptionKey: ${random()}`,
    `xpack.encryptedSavedObjects.encryptionKey: ${random()}`,
    `xpack.reporting.encryptionKey: ${random()}`,
    '',
  ].join('\n');
}

function kibanaToken(): string {
  const encoded = /^elasticsearch\.serviceAccountToken: (.*)$/m.exec(read('kibana.yml'))?.[1] ?? '';
  return Buffer.from(encoded, 'base64').toString('latin1').split(':').at(-1) ?? '';
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
