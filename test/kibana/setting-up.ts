import { installIntoKibana, type SetupKibanaOptions, uninstallFromKibana } from '../../src/app/setup-kibana.ts';
import { loadKibanaTarget } from '../../src/config/kibana-target.ts';
import { isJsonObject, type JsonObject, memberOf } from '../../src/core/json.ts';
import { fingerprint } from '../../src/setup/kibana/comparable.ts';
import { type Item, loadContent } from '../../src/setup/kibana/content.ts';
import type { FormerVersions } from '../../src/setup/kibana/former-versions.ts';
import type { KibanaStep } from '../../src/setup/kibana/install.ts';
import { quiet } from '../helpers/quiet.ts';
import { FIXTURES } from './content-folder.ts';
import type { KibanaServer, KibanaServerOptions } from './kibana-server.ts';

const never = new AbortController().signal;
export const KEY = 'VnVhQ2ZHY0JDZGJrUW0tZTVhT3g6dWkybHAyYXhUTm1zeWFrdzl0dk5udw==';
export const OPEN = { KIBANA_API_KEY: KEY };
export const LOCKED: KibanaServerOptions = { authorization: `ApiKey ${KEY}` };

export const OVERVIEW = 'atlassian_shipper-overview';
export const DATA_VIEW = 'atlassian_shipper-audit';
export const items = loadContent(FIXTURES);
export const [tokenRule = '', sprayingRule = ''] = items.filter(({ kind }) => kind === 'rule').map(({ id }) => id);

type Options = Partial<SetupKibanaOptions> & { readonly takeOver?: boolean; readonly space?: string };

function optionsFor({ url }: KibanaServer, { space, ...options }: Options = {}) {
  const target = loadKibanaTarget({ url, space }, OPEN);
  const usual = { target, version: '0.0.0', log: quiet().log, contentFolder: FIXTURES, dryRun: false, takeOver: false };
  return { ...usual, ...options };
}

async function all<Step>(steps: AsyncGenerator<Step>): Promise<readonly Step[]> {
  const found: Step[] = [];
  for await (const step of steps) found.push(step);
  return found;
}

export async function install(kibana: KibanaServer, options: Options = {}): Promise<readonly KibanaStep[]> {
  return all(installIntoKibana(optionsFor(kibana, options), never));
}

/** What came of each object, counted, and what was said besides. */
export async function installed(
  kibana: KibanaServer,
  options: Options = {},
): Promise<Readonly<Record<string, number>>> {
  const changes = (await install(kibana, options)).flatMap((step) =>
    step.kind === 'item' ? [step.planned.change] : [],
  );
  return Object.fromEntries(
    [...new Set(changes)].map((change) => [change, changes.filter((one) => one === change).length]),
  );
}

export function notices(steps: readonly KibanaStep[]): readonly string[] {
  return steps.flatMap((step) => (step.kind === 'notice' ? [step.text] : []));
}

export async function removed(kibana: KibanaServer, options: Options = {}): Promise<Readonly<Record<string, unknown>>> {
  const removals = await all(uninstallFromKibana(optionsFor(kibana, options), never));
  return Object.fromEntries(removals.map(({ item, outcome }) => [item.id, outcome]));
}

export const retitled = (title: string) => (object: JsonObject) => {
  const attributes = object['attributes'];
  return { ...object, attributes: { ...(isJsonObject(attributes) ? attributes : {}), title } };
};

/** What we ship now counts as shipped before. */
export function formerly(shipped: readonly Item[]): FormerVersions {
  const known = new Set(shipped.map(fingerprint));
  return () => known;
}

export const attributeOf = (object: JsonObject | undefined, name: string) =>
  memberOf(memberOf(object, 'attributes'), name);

export const ALL_NEW = { create: items.length };
export const AS_IT_SHOULD_BE = { none: items.length };

export function memberObject(object: JsonObject, name: string): JsonObject {
  const member = object[name];
  return isJsonObject(member) ? member : {};
}
