import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Clock } from '../../core/clock.ts';
import { errorMessage, OutputUnusableError } from '../../core/errors.ts';
import { DELIVERED, type DocumentOutcome, type Exporter, type Progress } from '../../core/exporter.ts';
import type { JsonValue } from '../../core/json.ts';
import type { Log } from '../../core/log.ts';
import type { Metrics } from '../../core/metrics.ts';
import type { FileExporterConfig, RotationConfig } from './config.ts';
import { type FileProgress, readProgress, writeProgress } from './file-progress.ts';
import { createLineBuffer } from './line-buffer.ts';
import { createFile, type OutputFile } from './output-file.ts';
import { isDiskFull, mayPass, writeProblem } from './problems.ts';
import { isInPlace, setAside, type TakenUp, takeUp } from './take-up.ts';
import { tryOut } from './try-out.ts';

export interface FileExporterParts {
  readonly name: string;
  readonly config: FileExporterConfig;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Makes this process the only one that writes to the output, or throws; answers what gives that up again. */
  readonly lock?: () => () => void;
}

/** One page of the audit log is one batch, and so one fsync. */
const LIMITS = { maxDocuments: 1_000, maxBytes: 16 * 1024 * 1024 };

/**
 * Appends documents to an NDJSON file, exactly once: a batch is durable before it is answered for, and bytes of a
 * page that was never settled are cut at the next start (`take-up.ts`).
 */
export function createFileExporter({ name, config, clock, log, metrics, lock = noLock }: FileExporterParts): Exporter {
  const { path, rotate } = config;
  const lines = createLineBuffer();
  let save: (progress: JsonValue) => Promise<void> = async () => {};
  let unlock = () => {};
  let current: TakenUp | undefined;
  /** What the state holds. Nothing before its `length` is ever cut, so it is never older than the last commit. */
  let stored: FileProgress | undefined;
  let offered: FileProgress | undefined;

  /** The identity of a file is durable before its first byte is: only then may bytes beyond be cut later. */
  async function use(taken: TakenUp): Promise<TakenUp> {
    try {
      await save(writeProgress(progressOf(taken)));
    } catch (error) {
      await taken.file.close();
      throw error;
    }
    stored = progressOf(taken);
    current = taken;
    return taken;
  }

  async function open(): Promise<TakenUp> {
    const taken = await takeUp(path, stored, clock.now());
    if (taken.warning !== undefined) log.warn(taken.warning, { exporter: name, path });
    if (taken.bytesCut > 0)
      log.info('Cut an unfinished page from the output; it is read again', {
        exporter: name,
        path,
        bytes: taken.bytesCut,
      });
    metrics.add('shipper_file_bytes_cut_total', taken.bytesCut, { exporter: name });
    return use(taken);
  }

  async function rotateNow(taken: TakenUp): Promise<TakenUp> {
    const nowMs = clock.now();
    await leave(taken);
    const aside = await setAside(path, nowMs, taken.sequence);
    log.info('Rotated the output file', { exporter: name, path, aside });
    return use({
      file: await createFile(path),
      sequence: taken.sequence + 1,
      startedMs: nowMs,
      bytesCut: 0,
      warning: undefined,
    });
  }

  async function leave(taken: TakenUp): Promise<void> {
    current = undefined;
    await taken.file.close();
  }

  /** The file to append to. Another one is begun between pages only, when every byte of the last is settled. */
  async function fileForBatch(): Promise<OutputFile> {
    let taken = current ?? (await open());
    const betweenPages = taken.file.length === stored?.length;
    if (betweenPages && !(await isInPlace(path, taken.file))) {
      await leave(taken);
      taken = await open();
    }
    if (betweenPages && isDue(taken, rotate, clock.now())) taken = await rotateNow(taken);
    return taken.file;
  }

  const progress: Progress = {
    async restore(found, saveProgress) {
      stored = readProgress(found);
      save = saveProgress;
      try {
        await mkdir(dirname(path), { recursive: true });
        unlock = lock();
        await open();
      } catch (error) {
        // A full disk passes: the first batch opens the file then.
        if (!isDiskFull(error)) throw unusable(path, error);
      }
    },
    current() {
      offered = current === undefined ? stored : progressOf(current);
      return offered === undefined ? undefined : writeProgress(offered);
    },
    committed() {
      stored = offered;
    },
  };

  return {
    name,
    limits: LIMITS,
    progress,
    async export(batch, signal) {
      signal.throwIfAborted();
      try {
        const file = await fileForBatch();
        await file.append(lines.of(batch));
        return batch.map(() => DELIVERED);
      } catch (error) {
        if (!mayPass(error)) throw error;
        const outcome: DocumentOutcome = {
          kind: 'retryable',
          problem: writeProblem(path, error),
          retryAfterMs: undefined,
          answerLost: false,
        };
        return batch.map(() => outcome);
      }
    },
    async check() {
      try {
        await tryOut(path);
        return { kind: 'ok', detail: `${path} can be written.` };
      } catch (error) {
        if (isDiskFull(error)) return { kind: 'failed', problem: writeProblem(path, error) };
        return {
          kind: 'failed',
          problem: { code: 'write-failed', message: unusable(path, error).message, remedy: '' },
        };
      }
    },
    async close() {
      if (current !== undefined) await leave(current);
      unlock();
    },
  };
}

const noLock = () => () => {};

function progressOf({ file, sequence, startedMs }: TakenUp): FileProgress {
  return { ...file.identity, sequence, startedMs, length: file.length };
}

function isDue({ file, startedMs }: TakenUp, { maxBytes, maxAgeMs }: RotationConfig, nowMs: number): boolean {
  if (file.length === 0) return false;
  const large = maxBytes !== undefined && file.length >= maxBytes;
  const old = maxAgeMs !== undefined && nowMs - startedMs >= maxAgeMs;
  return large || old;
}

function unusable(path: string, error: unknown): Error {
  if (error instanceof OutputUnusableError) return error;
  const reason = errorMessage(error);
  return new OutputUnusableError(
    `The output file ${path} can't be opened (${reason}). Check the path (exporters.file.path, SHIPPER_FILE_PATH) and who may write there.`,
    { cause: error },
  );
}
