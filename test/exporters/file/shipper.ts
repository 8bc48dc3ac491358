import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { DocumentOutcome, Exporter } from '../../../src/core/exporter.ts';
import { type JsonValue, parseJson } from '../../../src/core/json.ts';
import type { RotationConfig } from '../../../src/exporters/file/config.ts';
import { createFileExporter } from '../../../src/exporters/file/exporter.ts';
import { outgoingOf } from '../../helpers/documents.ts';
import { createFakeClock } from '../../helpers/fake-clock.ts';
import { quiet } from '../../helpers/quiet.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';
import { idsOf, linesIn, linesOf } from './lines.ts';

export interface ShipperOptions {
  readonly folder?: string;
  readonly name?: string;
  readonly rotate?: Partial<RotationConfig>;
  /** Called for each progress that is stored before a page; to look, or to fail as a crash does. */
  readonly onSave?: (progress: JsonValue) => void;
}

const never = new AbortController().signal;

/** The file exporter as the pipeline drives it, with a state that outlives its processes. */
export function createShipper({ folder = tempFolder(), name = 'audit.ndjson', rotate, onSave }: ShipperOptions = {}) {
  const path = join(folder, name);
  const clock = createFakeClock();
  const warnings: string[] = [];
  let stored: JsonValue | undefined;
  let exporter: Exporter | undefined;
  onTestFinished(() => exporter?.close());

  function running(): Exporter {
    if (exporter === undefined) throw new Error('not started');
    return exporter;
  }

  return {
    folder,
    path,
    clock,
    warnings,
    stored: () => stored,
    /** Replaces what the state holds. */
    store(progress: JsonValue | undefined) {
      stored = progress;
    },
    /** A new process. */
    async start(): Promise<void> {
      const { metrics, log } = quiet();
      const config = { path, rotate: { maxBytes: undefined, maxAgeMs: undefined, ...rotate } };
      exporter = createFileExporter({
        name: 'file',
        config,
        clock,
        log: { ...log, warn: (message) => void warnings.push(message) },
        metrics,
      });
      await exporter.progress?.restore(stored, async (progress) => {
        onSave?.(progress);
        stored = parseJson(JSON.stringify(progress));
      });
    },
    /** Ends the process as a crash does: nothing is committed, no byte is written or taken back. */
    async crash(): Promise<void> {
      await exporter?.close();
    },
    async restart(): Promise<void> {
      await exporter?.close();
      await this.start();
    },
    /** One batch of the page under way. */
    async export(...ids: string[]): Promise<readonly DocumentOutcome[]> {
      return running().export(
        ids.map((id) => outgoingOf(id)),
        never,
      );
    },
    /** The page is settled. */
    commit(): void {
      const progress = running().progress?.current();
      if (progress !== undefined) stored = parseJson(JSON.stringify(progress));
      running().progress?.committed();
    },
    async ship(...ids: string[]): Promise<void> {
      await this.export(...ids);
      this.commit();
    },
    check: () => running().check(never),
    /** Over all files, oldest first. */
    ids: () => idsOf(linesIn(folder)),
    /** In the file at the path alone. */
    idsAtPath: () => idsOf(linesOf(path)),
  };
}

/** What a crash in the middle of a write leaves. */
export const TORN = '{"@timestamp":"2026-06-01T00:0';
