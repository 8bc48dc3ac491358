import { isOurs } from '../core/managed-by.ts';
import type { Asset } from './assets.ts';
import { type ElasticsearchApi, SetupError } from './elasticsearch-api.ts';
import { assetRequest, installedBody } from './installed-assets.ts';

export type Removal = {
  readonly asset: Pick<Asset, 'kind' | 'id'>;
  readonly outcome: 'removed' | 'was not there' | 'is not ours' | { readonly kept: string };
};

/**
 * Takes away what `install` has put there, and no document. Elasticsearch refuses to part with what a data stream still
 * needs; that stays, so that documents can be written and read as before.
 */
export async function* uninstall(
  api: ElasticsearchApi,
  { assets, dryRun }: { readonly assets: readonly Asset[]; readonly dryRun: boolean },
  signal: AbortSignal,
): AsyncGenerator<Removal> {
  for (const asset of assets.toReversed()) {
    const installed = await installedBody(api, asset, signal);
    if (installed === undefined) yield { asset, outcome: 'was not there' };
    else if (!isOurs(installed)) yield { asset, outcome: 'is not ours' };
    else yield { asset, outcome: dryRun ? 'removed' : await remove(api, asset, signal) };
  }
}

async function remove(api: ElasticsearchApi, asset: Asset, signal: AbortSignal): Promise<Removal['outcome']> {
  const answer = await api.send(assetRequest('DELETE', asset), signal);
  if (answer.kind === 'answer') return 'removed';
  const { status, said, problem } = answer.failure;
  if (status === 400) return { kept: said };
  throw new SetupError(problem);
}
