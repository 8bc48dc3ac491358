import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import type { Clock } from '../core/clock.ts';
import { errorMessage } from '../core/errors.ts';
import type { Answered, Told } from './own-telemetry-messages.ts';

export interface OwnTelemetryThread {
  /** Never waits and never fails. */
  tell(told: Told): void;
  /** Gives it time to send what is left, then ends it. Never rejects; further calls do nothing. */
  close(): Promise<void>;
}

export interface OwnTelemetryThreadOptions {
  readonly version: string;
  readonly env: NodeJS.ProcessEnv;
  readonly clock: Clock;
  readonly onTrouble: (message: string) => void;
}

/** Shorter than what a container has left after the drain time. */
const CLOSE_LIMIT_MS = 2_000;
/** The SDK holds at most 2,048 lines and the metrics. Running out of it ends the thread, not the shipper. */
const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 8 };
const ROLE = 'own telemetry of atlassian-shipper';

/**
 * Why a thread: timers and sockets of the SDK's exporters would keep the process alive for ten seconds and more after
 * `shutdown`, with no way to end them, and what they throw in a callback would end the process.
 */
export function startOwnTelemetryThread({
  version,
  env,
  clock,
  onTrouble,
}: OwnTelemetryThreadOptions): OwnTelemetryThread {
  // This very file, whose name differs between the sources and `dist`.
  const thread = new Worker(new URL(import.meta.url), {
    name: ROLE,
    workerData: { role: ROLE, version },
    env,
    resourceLimits: RESOURCE_LIMITS,
    // Standard output is for data, and standard error for the log.
    stdout: true,
    stderr: true,
  });
  thread.unref();
  thread.stdout.resume();
  thread.stderr.resume();
  const ended = new AbortController();
  thread.on('error', (error) => onTrouble(errorMessage(error)));
  thread.on('exit', () => ended.abort());
  thread.on('message', (answered: Answered) => {
    if (answered.kind === 'trouble') onTrouble(answered.message);
    else ended.abort();
  });

  return {
    tell(told) {
      try {
        thread.postMessage(told);
      } catch (error) {
        onTrouble(errorMessage(error));
      }
    },
    async close() {
      thread.postMessage({ kind: 'close' } satisfies Told);
      await clock.sleep(CLOSE_LIMIT_MS, ended.signal).then(
        () => onTrouble(`not all was taken within ${CLOSE_LIMIT_MS / 1_000} s at the end`),
        () => {},
      );
      ended.abort();
      await thread.terminate();
    },
  };
}

/** The other end. */
async function serveShipper(port: NonNullable<typeof parentPort>, version: string): Promise<void> {
  const answer = (answered: Answered) => port.postMessage(answered);
  const { createSdkSender } = await import('./own-telemetry-sender.ts');
  const sender = createSdkSender(version, (message) => answer({ kind: 'trouble', message }));
  port.on('message', (told: Told) => {
    if (told.kind === 'close') void sender.close().then(() => answer({ kind: 'closed' }));
    else sender.take(told);
  });
}

if (!isMainThread && parentPort !== null && workerData?.role === ROLE) {
  await serveShipper(parentPort, workerData.version);
}
