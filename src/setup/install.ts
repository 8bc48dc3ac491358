import { isJsonObject, type JsonObject, memberOf } from '../core/json.ts';
import { type Asset, versionOf, withRetention } from './assets.ts';
import { type DataStream, dataStreams } from './data-streams.ts';
import { type ApiFailure, demand, type ElasticsearchApi, SetupError } from './elasticsearch-api.ts';
import { assetRequest } from './installed-assets.ts';
import { otherTemplates } from './other-templates.ts';
import { type PlannedAsset, planAssets } from './plan.ts';
import { demandPrivileges, setupRole } from './privileges.ts';
import { optionState, putOption, streamOptions } from './stream-options.ts';

export interface InstallOptions {
  readonly assets: readonly Asset[];
  /** Of data streams that `assets` are for: `logs-atlassian_cloud.audit-*`. */
  readonly pattern: string;
  /** How long documents are kept, such as `365d`. */
  readonly retention: string | undefined;
  /** Say what would change, and change nothing. */
  readonly dryRun: boolean;
  /** Also roll over data streams that another template has made. */
  readonly takeOver: boolean;
}

/** What was done, or with `dryRun` would be. */
export type SetupStep =
  | { readonly kind: 'asset'; readonly planned: PlannedAsset }
  | { readonly kind: 'rollover'; readonly stream: DataStream }
  | { readonly kind: 'option'; readonly stream: string; readonly what: string }
  | { readonly kind: 'notice'; readonly text: string };

/**
 * Installs or updates everything, and rolls data streams over whose mapping is of another version. Running it again
 * changes nothing. Yields each step when it is done. Throws a `SetupError` where a person has to act; everything that
 * can be refused before a change is refused before the first one.
 */
export async function* install(
  api: ElasticsearchApi,
  options: InstallOptions,
  signal: AbortSignal,
): AsyncGenerator<SetupStep> {
  const { pattern, retention, dryRun, takeOver } = options;
  const assets = withRetention(options.assets, retention);
  await demandPrivileges(api, setupRole(pattern), signal);
  const notices = await otherTemplates(api, assets, pattern, signal);
  const plan = await planAssets(api, assets, signal);
  const template = assets.find(({ kind }) => kind === 'index template');
  const version = template && versionOf(template.body);
  const streams = await dataStreams(api, pattern, signal);
  const foreign = streams.filter((stream) => stream.version === undefined);
  if (foreign.length > 0 && !takeOver) throw wouldTakeOver(foreign);

  for (const text of notices) yield { kind: 'notice', text };
  for (const planned of plan) {
    if (planned.change !== 'none' && !dryRun) yield* put(api, planned.asset, signal);
    yield { kind: 'asset', planned };
  }
  for (const stream of streams) {
    if (stream.version !== version) {
      if (!dryRun) await demand(api, { method: 'POST', path: `/${encodeURIComponent(stream.name)}/_rollover` }, signal);
      yield { kind: 'rollover', stream };
    }
    for (const option of streamOptions(retention)) {
      const state = await optionState(api, stream.name, option, signal);
      if (state === 'not known to this server')
        yield { kind: 'notice', text: `This server can't be told "${option.what}" for ${stream.name}.` };
      if (state !== 'different') continue;
      if (!dryRun) await putOption(api, stream.name, option, signal);
      yield { kind: 'option', stream: stream.name, what: option.what };
    }
  }
}

/** Better storage where the server has it, nothing that documents depend on; settings that belong together. */
const OPTIONAL_SETTINGS = [['index.mode', 'index.sort.field', 'index.sort.order'], ['index.mapping.source.mode']];

/** A server that does not know an optional setting gets the asset without it. */
async function* put(api: ElasticsearchApi, asset: Asset, signal: AbortSignal): AsyncGenerator<SetupStep> {
  for (let body = asset.body; ; ) {
    const answer = await api.send({ ...assetRequest('PUT', asset), body }, signal);
    if (answer.kind === 'answer') return;
    const unknown = refusedSettings(answer.failure, body);
    if (unknown === undefined) throw refused(asset, answer.failure);
    body = withoutSettings(body, unknown);
    yield { kind: 'notice', text: `The server does not take the setting ${unknown[0]}; ${asset.id} goes without it.` };
  }
}

function refusedSettings({ status, said }: ApiFailure, body: JsonObject): readonly string[] | undefined {
  const settings = memberOf(memberOf(body, 'template'), 'settings');
  if (status !== 400 || !isJsonObject(settings)) return undefined;
  return OPTIONAL_SETTINGS.find((names) => names.some((name) => name in settings && said.includes(`[${name}]`)));
}

function withoutSettings(body: JsonObject, names: readonly string[]): JsonObject {
  const template = memberOf(body, 'template');
  const settings = memberOf(template, 'settings');
  if (!isJsonObject(template) || !isJsonObject(settings)) return body;
  const kept = Object.entries(settings).filter(([key]) => !names.includes(key));
  return { ...body, template: { ...template, settings: Object.fromEntries(kept) } };
}

function refused({ kind, id }: Asset, { status, said, problem }: ApiFailure): SetupError {
  if (status !== 400) return new SetupError(problem);
  return new SetupError({
    code: 'asset-refused',
    message: `Elasticsearch refuses the ${kind} ${id}: ${said}.`,
    remedy:
      kind === 'index template'
        ? 'If another template of the same priority matches the same names, give that one another priority.'
        : 'This server may lack what it needs; docs/elasticsearch.md says which versions are supported.',
  });
}

function wouldTakeOver(streams: readonly DataStream[]): SetupError {
  const names = streams.map(({ name }) => name).join(', ');
  return new SetupError({
    code: 'foreign-data-stream',
    message: `Another template made ${names}, perhaps that of Elastic's own integration.`,
    remedy:
      'Its documents stay as they are, but new ones, of whoever writes there, would get our mapping. If that is wanted, add --take-over; else ship to another Elasticsearch.',
  });
}
