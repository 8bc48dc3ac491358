import { fileURLToPath } from 'node:url';
import type { ElasticsearchTarget } from '../config/load.ts';
import type { Clock } from '../core/clock.ts';
import { formatDuration } from '../core/duration.ts';
import type { Log } from '../core/log.ts';
import { SHIPPING_PRIVILEGES } from '../exporters/elasticsearch/privileges.ts';
import { systemClock } from '../runtime/system-clock.ts';
import { type Asset, loadAssets } from '../setup/assets.ts';
import type { ElasticsearchApi } from '../setup/elasticsearch-api.ts';
import { install, type SetupStep } from '../setup/install.ts';
import { apiKeyRequest, setupRole, shippingRole } from '../setup/privileges.ts';
import { type Removal, uninstall } from '../setup/uninstall.ts';
import { DATASET } from '../transform/ecs-document.ts';
import { connectElasticsearch } from './connect-elasticsearch.ts';

/** Every data stream that the shipper may write to. */
const PATTERN = `logs-${DATASET}-*`;

/** `mappings/` and `pipelines/` lie beside `src` and beside `dist`. */
const SHIPPED_ASSETS = fileURLToPath(new URL('../..', import.meta.url));

export interface SetupOptions {
  readonly target: ElasticsearchTarget;
  readonly version: string;
  readonly log: Log;
  readonly clock?: Clock;
  /** A folder with `mappings` and `pipelines`, instead of ours. */
  readonly assetsFolder: string | undefined;
  readonly dryRun: boolean;
}

/** Connects to Elasticsearch for as long as `work` goes on. */
async function* connected<Step>(
  { target, version, log, clock = systemClock, assetsFolder = SHIPPED_ASSETS }: SetupOptions,
  work: (api: ElasticsearchApi, assets: readonly Asset[]) => AsyncGenerator<Step>,
): AsyncGenerator<Step> {
  const assets = loadAssets(assetsFolder);
  const api = await connectElasticsearch(target, { version, log, clock });
  try {
    yield* work(api, assets);
  } finally {
    await api.close();
  }
}

export function installElasticsearch(
  options: SetupOptions & { readonly takeOver: boolean },
  signal: AbortSignal,
): AsyncGenerator<SetupStep> {
  const { target, dryRun, takeOver } = options;
  const { retention } = target.settings;
  return connected(options, (api, assets) =>
    install(
      api,
      {
        assets,
        pattern: PATTERN,
        retention: retention === undefined ? undefined : formatDuration(retention),
        dryRun,
        takeOver,
      },
      signal,
    ),
  );
}

export function uninstallElasticsearch(options: SetupOptions, signal: AbortSignal): AsyncGenerator<Removal> {
  const { dryRun } = options;
  return connected(options, (api, assets) => uninstall(api, { assets, dryRun }, signal));
}

/** Requests that make one key for shipping and one for setting up, with what each takes and no more. */
export function apiKeyRequests() {
  return {
    shipping: apiKeyRequest('atlassian-shipper', shippingRole(PATTERN, SHIPPING_PRIVILEGES)),
    setup: apiKeyRequest('atlassian-shipper-setup', setupRole(PATTERN)),
  };
}
