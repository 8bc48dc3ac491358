import { fileURLToPath } from 'node:url';
import type { KibanaTarget } from '../config/kibana-target.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import { systemClock } from '../runtime/system-clock.ts';
import { loadContent } from '../setup/kibana/content.ts';
import { type FormerVersions, formerVersions } from '../setup/kibana/former-versions.ts';
import { installKibana, type KibanaOptions, type KibanaStep } from '../setup/kibana/install.ts';
import type { KibanaApi } from '../setup/kibana/kibana-api.ts';
import { type KibanaRemoval, uninstallKibana } from '../setup/kibana/uninstall.ts';
import { connectKibana } from './connect-kibana.ts';

/** `kibana/` lies beside `src` and beside `dist`. */
const SHIPPED_CONTENT = fileURLToPath(new URL('../../kibana', import.meta.url));

export interface SetupKibanaOptions {
  readonly target: KibanaTarget;
  readonly version: string;
  readonly log: Log;
  readonly clock?: Clock;
  /** A folder as `kibana` is, instead of ours. */
  readonly contentFolder: string | undefined;
  /** Default: as recorded. */
  readonly former?: FormerVersions;
  readonly dryRun: boolean;
}

/** Connects to Kibana for as long as `work` goes on. */
async function* connected<Step>(
  { target, version, log, clock = systemClock, contentFolder = SHIPPED_CONTENT, ...rest }: SetupKibanaOptions,
  work: (api: KibanaApi, options: KibanaOptions) => AsyncGenerator<Step>,
): AsyncGenerator<Step> {
  const { former = formerVersions, dryRun } = rest;
  const items = loadContent(contentFolder);
  const api = connectKibana(target, { version, log, clock });
  try {
    yield* work(api, { items, former, space: target.space, dryRun });
  } finally {
    await api.close();
  }
}

export function installIntoKibana(
  options: SetupKibanaOptions & { readonly takeOver: boolean },
  signal: AbortSignal,
): AsyncGenerator<KibanaStep> {
  const { takeOver } = options;
  return connected(options, (api, what) => installKibana(api, { ...what, takeOver }, signal));
}

export function uninstallFromKibana(options: SetupKibanaOptions, signal: AbortSignal): AsyncGenerator<KibanaRemoval> {
  return connected(options, (api, what) => uninstallKibana(api, what, signal));
}
