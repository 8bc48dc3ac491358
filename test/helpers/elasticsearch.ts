import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Adapt, adaptAssets } from './adapt-assets.ts';
import { hasContainerImage, startContainer } from './elasticsearch-container.ts';
import {
  defineUsersByApi,
  defineUsersInFiles,
  filesOfAdmin,
  RELOAD_SETTINGS,
  type ServerUser,
} from './elasticsearch-users.ts';
import { realJava } from './java.ts';
import { makeOwnCa, type OwnCa } from './own-ca.ts';
import { type Missing, orMissing, realPart } from './real-parts.ts';
import { runFolder } from './run-folder.ts';
import { type Credentials, type ServerRequest, serverRequest } from './search-client.ts';
import { freePorts, type SearchServer, type Settings, startSearchServer } from './search-server.ts';
import { sharedByAll } from './shared-server.ts';

export interface ElasticsearchOptions {
  /** HTTPS, with a CA made for it. */
  readonly tls?: boolean;
  readonly settings?: Settings;
  /** Of the unpacked server: tests start it quickly, which makes it slow for good. */
  readonly jvmOptions?: readonly string[];
}

export interface Elasticsearch {
  readonly kind: 'server';
  readonly url: string;
  /** May do anything. */
  readonly admin: Credentials;
  /** Only of a server with `tls`. */
  readonly ca: { readonly file: string; readonly fingerprint: string } | undefined;
  /** As `admin`, unless told otherwise. */
  readonly request: ServerRequest;
  /** Resolves when the server lets them in, with the role that they are given. */
  defineUsers(users: readonly ServerUser[]): Promise<void>;
  /** Copies assets for this server, without what it lacks. */
  readonly adapt: Adapt;
}

/** A server that its test may do anything to. */
export interface OwnElasticsearch extends Elasticsearch, AsyncDisposable {
  kill(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** What another process needs to use the same server. */
interface Description {
  readonly kind: 'described';
  readonly url: string;
  readonly admin: Credentials;
  readonly ca?: Elasticsearch['ca'];
  /** Where users are defined by files. */
  readonly usersFolder?: string;
}

interface Started {
  readonly kind: 'started';
  readonly description: Description;
  readonly server: Pick<SearchServer, 'kill' | 'restart' | 'stop'>;
}

const FOLDER = 'elasticsearch-9.5.3';

const ADMIN: Credentials = { username: 'harness', password: 'harness-only' };

/** `elastic` is the only user that a container knows from the start. */
const CONTAINER_ADMIN: Credentials = { ...ADMIN, username: 'elastic' };

/** A server of one's own, to be killed, restarted or set up in a special way. To be awaited at the top of a test file. */
export async function startElasticsearch(options: ElasticsearchOptions = {}): Promise<OwnElasticsearch | Missing> {
  const started = await start(options);
  if (started.kind === 'missing') return started;
  const { kill, restart, stop } = started.server;
  return { ...connected(started.description), kill, restart, stop, [Symbol.asyncDispose]: stop };
}

/** The server of all test files: each has to keep to data of its own (`uniqueNamespace`). */
export async function sharedElasticsearch(): Promise<Elasticsearch | Missing> {
  const description = await sharedByAll('elasticsearch', async () => {
    const started = await start({});
    return started.kind === 'missing' ? started : started.description;
  });
  return description.kind === 'missing' ? description : connected(description);
}

/** Only what is not installed counts as missing: a server that does not start is an error. */
async function start(options: ElasticsearchOptions): Promise<Started | Missing> {
  const ca = options.tls ? await orMissing('a certificate', async () => makeOwnCa(runFolder())) : undefined;
  if (ca?.kind === 'missing') return ca;
  if (await hasWholeContainer()) return startAsContainer(options, ca);
  const part = await realPart('elasticsearch');
  if (part.kind === 'missing') return part;
  const java = await realJava();
  if (java.kind === 'missing') return java;
  return startUnpacked(join(part.folder, FOLDER), java.home, options, ca);
}

/** An image of that name may hold less than Elastic's own: one that can't define users is of no use. Tried once a run. */
function hasWholeContainer(): Promise<boolean> {
  return sharedByAll('container', async () => {
    if (!(await hasContainerImage())) return false;
    const { server, description } = await startAsContainer({}, undefined);
    const { status } = await requestTo(description)('PUT', '/_security/role/harness', { cluster: [], indices: [] });
    await server.stop();
    return status === 200;
  });
}

async function startUnpacked(
  distribution: string,
  java: string,
  options: ElasticsearchOptions,
  ca: OwnCa | undefined,
): Promise<Started> {
  const server = await startSearchServer({
    name: 'elasticsearch',
    distribution,
    java,
    settings: { ...securitySettings(ca), ...RELOAD_SETTINGS, ...options.settings },
    jvmOptions: options.jvmOptions ?? [],
    configFiles: { ...filesOf(ca), ...filesOfAdmin(ADMIN) },
    scheme: schemeWith(ca),
    requestTo: (url) => requestTo({ url, admin: ADMIN, ...described(ca) }),
  });
  const { url, configFolder } = server;
  return {
    kind: 'started',
    server,
    description: { kind: 'described', url, admin: ADMIN, usersFolder: configFolder, ...described(ca) },
  };
}

async function startAsContainer(options: ElasticsearchOptions, ca: OwnCa | undefined): Promise<Started> {
  const [hostPort] = await freePorts();
  const server = await startContainer({
    settings: { 'discovery.type': 'single-node', ...securitySettings(ca), ...options.settings },
    configFiles: filesOf(ca),
    password: CONTAINER_ADMIN.password,
    scheme: schemeWith(ca),
    hostPort,
    requestTo: (url) => requestTo({ url, admin: CONTAINER_ADMIN, ...described(ca) }),
  });
  return {
    kind: 'started',
    server,
    description: { kind: 'described', url: server.url, admin: CONTAINER_ADMIN, ...described(ca) },
  };
}

function securitySettings(ca: OwnCa | undefined): Settings {
  return {
    'xpack.security.enabled': true,
    'xpack.security.transport.ssl.enabled': false,
    'xpack.security.http.ssl.enabled': ca !== undefined,
    ...(ca && { 'xpack.security.http.ssl.key': 'http.key', 'xpack.security.http.ssl.certificate': 'http.crt' }),
  };
}

const filesOf = (ca: OwnCa | undefined) => (ca ? { 'http.key': ca.key, 'http.crt': ca.chain } : {});

const schemeWith = (ca: OwnCa | undefined) => (ca ? 'https' : 'http');

const described = (ca: OwnCa | undefined) => (ca ? { ca: { file: ca.caFile, fingerprint: ca.fingerprint } } : {});

const requestTo = ({ url, admin, ca }: Omit<Description, 'kind'>): ServerRequest =>
  serverRequest({ url, usual: admin, ...(ca && { ca: readFileSync(ca.file, 'utf8') }) });

function connected(description: Description): Elasticsearch {
  const { url, admin, ca, usersFolder } = description;
  const request = requestTo(description);
  return {
    kind: 'server',
    url,
    admin,
    ca,
    request,
    defineUsers: (users) =>
      usersFolder === undefined ? defineUsersByApi(users, request) : defineUsersInFiles(usersFolder, users, request),
    adapt: (from, into) => adaptAssets(from, into, { distribution: 'elasticsearch', request }),
  };
}
