import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import type { JsonObject } from '../core/json.ts';
import { isOurs } from '../core/managed-by.ts';
import { type Asset, versionOf } from './assets.ts';
import { comparable } from './comparable.ts';
import { type ElasticsearchApi, SetupError } from './elasticsearch-api.ts';
import { installedBody } from './installed-assets.ts';

/** What installing an asset would change. */
export interface PlannedAsset {
  readonly asset: Asset;
  readonly change: 'create' | 'update' | 'none';
  /** A unified diff of an update. */
  readonly diff: string;
}

/**
 * Compares every asset with what is there. Throws a `SetupError` where installing would take something back: a newer
 * version, or an object of that id that is somebody else's.
 */
export async function planAssets(
  api: ElasticsearchApi,
  assets: readonly Asset[],
  signal: AbortSignal,
): Promise<readonly PlannedAsset[]> {
  const planned: PlannedAsset[] = [];
  for (const asset of assets) planned.push(plannedOf(asset, await installedBody(api, asset, signal)));
  return planned;
}

function plannedOf(asset: Asset, installed: JsonObject | undefined): PlannedAsset {
  if (installed === undefined) return { asset, change: 'create', diff: '' };
  if (!isOurs(installed)) throw notOurs(asset);
  refuseDowngrade(asset, installed);
  const [before, after] = [comparable(installed), comparable(asset.body)];
  if (before === after) return { asset, change: 'none', diff: '' };
  return { asset, change: 'update', diff: diffOf(asset, before, after) };
}

function refuseDowngrade({ kind, id, body }: Asset, installed: JsonObject): void {
  const [ours = 0, theirs = 0] = [versionOf(body), versionOf(installed)];
  if (theirs <= ours) return;
  throw new SetupError({
    code: 'downgrade',
    message: `The ${kind} ${id} is installed in version ${theirs}; this atlassian-shipper has version ${ours}.`,
    remedy:
      'Use the newer atlassian-shipper for setup. An older one can ship all the same: its documents fit the newer mapping.',
  });
}

function notOurs({ kind, id }: Asset): SetupError {
  return new SetupError({
    code: 'not-ours',
    message: `There is a ${kind} ${id} that atlassian-shipper did not make.`,
    remedy: 'Rename or delete it. What you want to change about ours belongs into atlassian-shipper.audit@custom.',
  });
}

function diffOf({ id }: Asset, before: string, after: string): string {
  return createTwoFilesPatch(id, id, before, after, 'installed', 'to be', {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  });
}
