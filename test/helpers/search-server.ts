import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { stringify } from 'yaml';
import { errorMessage } from '../../src/core/errors.ts';
import { killGroup, noteStarted } from './run-folder.ts';
import type { ServerRequest } from './search-client.ts';
import { type ConfigFiles, makeServerFolder, SERVER_USER, type ServerFolder, writeConfig } from './server-folder.ts';

const START_LIMIT_MS = 120_000;
const END_LIMIT_MS = 5_000;

/**
 * No heap is touched before it is used, and only the quick compiler works: it starts in half the time, and no test runs
 * long enough for the other.
 */
const JVM_OPTIONS = ['-Xms700m', '-Xmx700m', '-XX:-AlwaysPreTouch', '-XX:TieredStopAtLevel=1'];

/** Answers 200 only when all data can be searched again: it answers at all some time before that. */
const HEALTH_OF_DATA = '/_cluster/health?wait_for_status=yellow&timeout=1s';

export interface SearchServerOptions {
  readonly name: 'elasticsearch' | 'opensearch';
  /** Unpacked, with `bin/<name>` in it; it is left as it is. */
  readonly distribution: string;
  /** Its home folder. */
  readonly java: string;
  readonly settings: Settings;
  /** Beside the usual ones; the last one that says a thing counts. */
  readonly jvmOptions?: readonly string[];
  /** Beside the usual ones in the configuration folder. */
  readonly configFiles?: ConfigFiles;
  readonly scheme?: 'http' | 'https';
  /** How it is talked to, once it is known where it is. */
  readonly requestTo: (url: string) => ServerRequest;
}

export type Settings = Readonly<Record<string, string | number | boolean>>;

export interface SearchServer {
  readonly url: string;
  readonly configFolder: string;
  /** With SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>;
  /** After `kill`: on the same data and the same ports. */
  restart(): Promise<void>;
  /** Kills it and removes all that it has written. */
  stop(): Promise<void>;
}

/** Elasticsearch or OpenSearch as it is delivered, as a process of its own in a folder of its own. */
export async function startSearchServer(options: SearchServerOptions): Promise<SearchServer> {
  const [httpPort, transportPort] = await freePorts();
  const url = `${options.scheme ?? 'http'}://127.0.0.1:${httpPort}`;
  const layout = makeServerFolder(options.name, options.distribution);
  const places = { 'path.data': layout.data, 'path.logs': layout.logs };
  const ports = { 'http.port': httpPort, 'transport.port': transportPort };
  writeConfig(layout.config, {
    ...options.configFiles,
    [`${options.name}.yml`]: stringify({ ...COMMON_SETTINGS, ...places, ...ports, ...options.settings }),
    'jvm.options.d/tests.options': [...JVM_OPTIONS, ...(options.jvmOptions ?? [])].join('\n'),
  });

  const start = () => startProcess(options, layout, options.requestTo(url));
  let current: Started | undefined = await start().catch((error: unknown) => {
    removeFolder(layout);
    throw error;
  });
  const kill = async () => {
    const ending = current;
    // Once only: the id of a group that has ended may be given to another.
    current = undefined;
    if (ending !== undefined) await end(ending);
  };
  return {
    url,
    configFolder: layout.config,
    kill,
    async restart() {
      await kill();
      current = await start();
    },
    async stop() {
      await kill();
      removeFolder(layout);
    },
  };
}

const COMMON_SETTINGS: Settings = {
  'cluster.name': 'atlassian-shipper-tests',
  'node.name': 'only',
  'network.host': '127.0.0.1',
  'discovery.type': 'single-node',
  // A full disk of the machine is no matter of the tests.
  'cluster.routing.allocation.disk.threshold_enabled': false,
};

interface Started {
  readonly child: ChildProcess;
  readonly group: number;
  readonly strikeOff: () => void;
}

async function startProcess(
  options: SearchServerOptions,
  layout: ServerFolder,
  request: ServerRequest,
): Promise<Started> {
  const started = launchAndNote(options, layout);
  try {
    await untilUp(request, () => {
      if (hasEnded(started.child)) throw new Error('the server has ended');
    });
    return started;
  } catch (error) {
    await end(started);
    throw new Error(`${errorMessage(error)}: ${lastOutput(layout)}`, { cause: error });
  }
}

function launchAndNote(options: SearchServerOptions, layout: ServerFolder): Started {
  const child = launch(options, layout);
  // A test that has ended does not wait for the server that it has started.
  child.unref();
  if (child.pid === undefined) throw new Error('bash can not be run');
  const strikeOff = noteStarted({ kind: 'process-group', id: child.pid, folder: layout.folder });
  return { child, group: child.pid, strikeOff };
}

/** A session of its own: launcher and server end together, and not with the process that has started them. */
function launch({ name, java }: SearchServerOptions, layout: ServerFolder): ChildProcess {
  const output = openSync(outputOf(layout), 'a');
  try {
    return spawn('bash', [join(layout.home, 'bin', name)], {
      cwd: layout.home,
      detached: true,
      stdio: ['ignore', output, output],
      env: environment(name === 'elasticsearch' ? 'ES' : 'OPENSEARCH', java, layout),
      ...(SERVER_USER !== undefined && { uid: SERVER_USER, gid: SERVER_USER }),
    });
  } finally {
    closeSync(output);
  }
}

function environment(prefix: string, java: string, { folder, config, temp }: ServerFolder): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    HOME: folder,
    [`${prefix}_JAVA_HOME`]: java,
    [`${prefix}_PATH_CONF`]: config,
    [`${prefix}_TMPDIR`]: temp,
  };
}

const outputOf = ({ folder }: ServerFolder): string => join(folder, 'output.log');

/** `check` throws where waiting is of no use any more. */
export async function untilUp(request: ServerRequest, check: () => void = () => {}): Promise<void> {
  const deadline = performance.now() + START_LIMIT_MS;
  while (!(await isUp(request))) {
    check();
    if (performance.now() > deadline) throw new Error('the server does not answer');
    await delay(100);
  }
}

async function isUp(request: ServerRequest): Promise<boolean> {
  try {
    return (await request('GET', HEALTH_OF_DATA)).status === 200;
  } catch {
    // Refused connections are how it begins.
    return false;
  }
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

const lastOutput = (layout: ServerFolder): string => readFileSync(outputOf(layout), 'utf8').slice(-3_000);

/** The port and the lock on the data are free only when no process of the group is left. */
async function end({ child, group, strikeOff }: Started): Promise<void> {
  // Outside of Vitest there may be nothing else that keeps this process waiting.
  child.ref();
  const exit = hasEnded(child) ? undefined : once(child, 'exit');
  killGroup(group);
  await exit;
  // What nobody reaps, as in a container without an init, stays on the list but holds nothing any more.
  const deadline = performance.now() + END_LIMIT_MS;
  while (groupIsThere(group) && performance.now() < deadline) await delay(10);
  strikeOff();
}

function groupIsThere(id: number): boolean {
  try {
    return process.kill(-id, 0);
  } catch {
    return false;
  }
}

const removeFolder = ({ folder }: ServerFolder): void =>
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });

/** Both at once, so that they differ. */
export async function freePorts(): Promise<[number, number]> {
  const servers = [createServer(), createServer()] as const;
  const ports = servers.map(async (server) => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  });
  const [http = 0, transport = 0] = await Promise.all(ports);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return [http, transport];
}
