import type { Config } from '../config/load.ts';
import type { Settings } from '../config/schema.ts';
import type { ActionNames } from '../core/action-names.ts';
import type { ReferenceData } from '../core/reference-data.ts';
import type { Transform } from '../core/transform.ts';
import type { Reporting } from '../transform/enrich/geoip/database-file.ts';
import type { Geoip } from '../transform/network.ts';
import { createTransform } from '../transform/to-ecs.ts';

export interface ConfiguredTransforms {
  of(organizationId: string, actionNames?: ActionNames): Transform;
  /** What all of them look things up in. */
  readonly referenceData: ReferenceData;
}

/** The transforms of a configuration: one for each organization, with the same databases and the same privacy. */
export async function createConfiguredTransforms(
  { settings, privacyKey }: Pick<Config, 'settings' | 'privacyKey'>,
  version: string,
  reporting: Reporting,
): Promise<ConfiguredTransforms> {
  const { documents, data_stream, privacy } = settings;
  const { geoip, geoipData } = await createConfiguredGeoip(settings.geoip, reporting);
  const redact = await createConfiguredRedactor(privacy, privacyKey);
  return {
    of: (organizationId, actionNames) =>
      createTransform({
        organizationId,
        namespace: data_stream.namespace,
        tags: documents.tags,
        labels: documents.labels,
        shipperName: documents.agent_name,
        shipperVersion: version,
        geoip,
        actionNames,
        redact,
      }),
    referenceData: geoipData,
  };
}

interface ConfiguredGeoip {
  readonly geoip: Geoip | undefined;
  /** Loads the databases; without any, says how to get some. */
  readonly geoipData: ReferenceData;
}

async function createConfiguredGeoip(
  { city_database, asn_database }: Settings['geoip'],
  reporting: Reporting,
): Promise<ConfiguredGeoip> {
  if (city_database === undefined && asn_database === undefined) {
    const { createNoGeoip } = await import('../transform/enrich/geoip/no-geoip.ts');
    return { geoip: undefined, geoipData: createNoGeoip(reporting.log) };
  }
  const { createGeoip } = await import('../transform/enrich/geoip/geoip.ts');
  const geoip = createGeoip({ cityDatabase: city_database, asnDatabase: asn_database, ...reporting });
  return { geoip, geoipData: geoip };
}

async function createConfiguredRedactor({ fields }: Settings['privacy'], key: Config['privacyKey']) {
  if (Object.values(fields).every((treatment) => treatment === 'keep')) return undefined;
  return (await import('../transform/privacy/redactor.ts')).createRedactor({ fields, key });
}
