import { once } from 'node:events';
import { createConfiguredTransforms } from '../../app/transforms.ts';
import { configFromEnvironment } from '../../config/environment.ts';
import type { Config } from '../../config/load.ts';
import { configSchema } from '../../config/schema.ts';
import { ConfigError, errorMessage } from '../../core/errors.ts';
import { isJsonObject, type JsonValue, memberOf, parseJson } from '../../core/json.ts';
import type { Transform } from '../../core/transform.ts';
import { readVersion } from '../../runtime/version.ts';
import { createHealth } from '../../telemetry/health.ts';
import { createLogger } from '../../telemetry/logger.ts';
import { createMetrics } from '../../telemetry/metrics.ts';
import { type ConfigArguments, configFrom } from '../arguments.ts';
import { EXIT } from '../exit-codes.ts';
import { linesOf } from '../lines.ts';

export interface TransformArguments extends ConfigArguments {
  readonly orgId?: string;
  readonly namespace?: string;
  readonly geoipCity?: string;
  readonly geoipAsn?: string;
}

/** Good lines are written whatever the others hold; the exit code tells whether there were bad ones. */
export async function transform(args: TransformArguments): Promise<number> {
  const toDocument = await createOfflineTransform(args);
  let line = 0;
  let bad = 0;
  for await (const text of linesOf(process.stdin)) {
    line += 1;
    if (text.trim() === '') continue;
    const { documents, complaints } = transformLine(text, toDocument);
    for (const complaint of complaints) process.stderr.write(`line ${line}: ${complaint}\n`);
    bad += complaints.length > 0 ? 1 : 0;
    if (documents !== '' && !process.stdout.write(documents)) await once(process.stdout, 'drain');
  }
  if (bad > 0)
    process.stderr.write(`${bad} bad line(s). Each line is one event, or one page; of a formatted file: jq -c .\n`);
  return bad === 0 ? EXIT.ok : EXIT.failed;
}

/**
 * The transform of the configuration, so that an event gives the document that shipping it gives; without names of
 * actions, which only an API could tell. A GeoIP database that can't be used is gone without; the log says why.
 */
async function createOfflineTransform(args: TransformArguments): Promise<Transform> {
  const version = readVersion();
  const log = await createLogger({ level: 'warn', format: args.logFormat ?? 'pretty', version });
  const { settings, privacyKey } = args.config === undefined ? configFromOptions(args) : configFrom(args);
  const reporting = { log, health: createHealth(log), metrics: createMetrics() };
  const transforms = await createConfiguredTransforms({ settings, privacyKey }, version, reporting);
  await transforms.referenceData.refresh(new AbortController().signal);
  return transforms.of(organizationOf(args, settings));
}

/** What the environment says of documents, as when shipping; but no key is needed, and nowhere to write to. */
function configFromOptions({
  namespace,
  geoipCity,
  geoipAsn,
}: TransformArguments): Pick<Config, 'settings' | 'privacyKey'> {
  const { value: described } = configFromEnvironment(process.env);
  const settings = configSchema.safeParse({
    documents: memberOf(described, 'documents'),
    sources: [{ type: 'organization_audit', org_id: process.env['ATLASSIAN_ORG_ID'] || 'unknown' }],
    exporters: { file: { path: '-' } },
    data_stream: namespace === undefined ? memberOf(described, 'data_stream') : { namespace },
    geoip: { city_database: geoipCity, asn_database: geoipAsn },
  });
  if (!settings.success) throw new ConfigError(settings.error.issues.map(({ message }) => message).join('\n'));
  return { settings: settings.data, privacyKey: undefined };
}

function organizationOf({ orgId }: TransformArguments, { sources }: Config['settings']): string {
  if (orgId !== undefined) return orgId;
  const [source, ...others] = sources;
  if (source !== undefined && others.length === 0) return source.org_id;
  throw new ConfigError('The configuration names several organizations: say with --org-id whose events these are.');
}
function transformLine(text: string, toDocument: Transform): { documents: string; complaints: string[] } {
  const complaints: string[] = [];
  let documents = '';
  for (const [index, event] of eventsOf(text, complaints).entries()) {
    const outcome = toDocument(event);
    if (outcome.kind === 'document') documents += `${outcome.document.json}\n`;
    if (outcome.kind === 'rejected') complaints.push(`event ${index + 1}: ${outcome.reason}`);
  }
  return { documents, complaints };
}

/** A line is an event, a list of events, or a page as the API answers it. */
function eventsOf(text: string, complaints: string[]): readonly JsonValue[] {
  try {
    const value = parseJson(text);
    if (Array.isArray(value)) return value;
    const data = isJsonObject(value) && !('attributes' in value) ? value['data'] : undefined;
    return Array.isArray(data) ? data : [value];
  } catch (error) {
    complaints.push(`not JSON (${errorMessage(error)})`);
    return [];
  }
}
