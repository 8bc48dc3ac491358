import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { errorMessage } from '../../src/core/errors.ts';
import type { JsonObject } from '../../src/core/json.ts';
import { collectorBinary } from './collector-build.ts';
import type { Missing } from './real-parts.ts';
import { killGroup, noteStarted } from './run-folder.ts';
import { freePorts } from './search-server.ts';

const START_LIMIT_MS = 30_000;

/** Otherwise every one takes the same port for metrics of its own, unless its configuration gives it another. */
const QUIET = 'yaml:service::telemetry::metrics::level: none';

export interface CollectorOptions {
  /** An object, or YAML. Its OTLP receiver has to listen for HTTP on `${env:OTLP_ENDPOINT}`. */
  readonly config: JsonObject | string;
  /** What else the configuration takes from its environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Of its OTLP receiver on loopback; a free one, if none is given. */
  readonly port?: number;
  /** What the configuration says of metrics of its own counts. Else it has none. */
  readonly withOwnMetrics?: boolean;
}

export interface Collector extends AsyncDisposable {
  readonly kind: 'collector';
  /** Of its OTLP receiver, without a path: `/v1/logs` is appended. */
  readonly url: string;
  /** Relative paths of the configuration begin here. */
  readonly folder: string;
  /** With SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>;
  /** With SIGTERM, as a service manager does; it may take its time. Resolves when the process is gone. */
  shutDown(): Promise<void>;
  /** With the same configuration, port and files; kills it first if it runs. */
  restart(): Promise<void>;
  /** Kills it and removes its folder. */
  stop(): Promise<void>;
  /** Its log, of all its starts. */
  output(): Promise<string>;
}

/** A Collector of one's own on loopback, which answers when this resolves. One that does not start is an error. */
export async function startCollector(options: CollectorOptions): Promise<Collector | Missing> {
  const binary = await collectorBinary();
  if (binary.kind === 'missing') return binary;
  const port = options.port ?? (await freePorts())[0];
  const place = makePlace(binary.path, options, port);
  const remove = () => rmSync(place.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });

  let current: Started | undefined = await start(place).catch((error: unknown) => {
    remove();
    throw error;
  });
  const endWith = async (signal: EndSignal) => {
    const ending = current;
    // Once only: the id of a group that has ended may be given to another.
    current = undefined;
    if (ending !== undefined) await end(ending, signal);
  };
  const stop = async () => {
    await endWith('SIGKILL');
    remove();
  };
  return {
    kind: 'collector',
    url: place.url,
    folder: place.folder,
    kill: () => endWith('SIGKILL'),
    shutDown: () => endWith('SIGTERM'),
    async restart() {
      await endWith('SIGKILL');
      current = await start(place);
    },
    stop,
    output: () => readFile(outputOf(place), 'utf8'),
    [Symbol.asyncDispose]: stop,
  };
}

interface Place {
  readonly binary: string;
  readonly folder: string;
  readonly url: string;
  readonly env: NodeJS.ProcessEnv;
  readonly configs: readonly string[];
}

const CONFIG_FILE = 'collector.yaml';

function makePlace(binary: string, { config, env, withOwnMetrics = false }: CollectorOptions, port: number): Place {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'atlassian-shipper-collector-'));
  // JSON is YAML.
  writeFileSync(join(folder, CONFIG_FILE), typeof config === 'string' ? config : JSON.stringify(config));
  const endpoint = `127.0.0.1:${port}`;
  const configs = withOwnMetrics ? [CONFIG_FILE] : [CONFIG_FILE, QUIET];
  return { binary, folder, url: `http://${endpoint}`, env: { HOME: folder, ...env, OTLP_ENDPOINT: endpoint }, configs };
}

const outputOf = ({ folder }: Place): string => join(folder, 'output.log');

interface Started {
  readonly child: ChildProcess;
  readonly group: number;
  readonly strikeOff: () => void;
}

type EndSignal = 'SIGKILL' | 'SIGTERM';

async function start(place: Place): Promise<Started> {
  const started = launchAndNote(place);
  try {
    await untilUp(place.url, started.child);
    return started;
  } catch (error) {
    await end(started, 'SIGKILL');
    const output = await readFile(outputOf(place), 'utf8');
    throw new Error(`${errorMessage(error)}: ${output.slice(-3_000)}`, { cause: error });
  }
}

function launchAndNote(place: Place): Started {
  const child = launch(place);
  // A test that has ended does not wait for what it has started.
  child.unref();
  if (child.pid === undefined) throw new Error(`${place.binary} can not be run`);
  const strikeOff = noteStarted({ kind: 'process-group', id: child.pid, folder: place.folder });
  return { child, group: child.pid, strikeOff };
}

function launch(place: Place): ChildProcess {
  const { binary, folder, env, configs } = place;
  const output = openSync(outputOf(place), 'a');
  try {
    const child = spawn(
      binary,
      configs.flatMap((config) => ['--config', config]),
      {
        cwd: folder,
        // A group of its own, so that it does not end with the process that has started it.
        detached: true,
        stdio: ['ignore', output, output],
        env,
      },
    );
    // What can't be run has no id, which tells as much.
    return child.on('error', () => {});
  } finally {
    closeSync(output);
  }
}

/** Its receiver is the last that it starts. */
async function untilUp(url: string, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + START_LIMIT_MS;
  while (!(await answers(url))) {
    if (hasEnded(child)) throw new Error('the Collector has ended');
    if (performance.now() > deadline) throw new Error('the Collector does not answer');
    await delay(20);
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const { status } = await fetch(`${url}/v1/logs`);
    // Its receiver is there, and takes nothing that is not posted.
    return status === 405;
  } catch {
    // Refused connections are how it begins.
    return false;
  }
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

async function end({ child, group, strikeOff }: Started, signal: EndSignal): Promise<void> {
  // Outside of Vitest there may be nothing else that keeps this process waiting.
  child.ref();
  const exit = hasEnded(child) ? undefined : once(child, 'exit');
  if (signal === 'SIGKILL') killGroup(group);
  else child.kill(signal);
  await exit;
  strikeOff();
}
