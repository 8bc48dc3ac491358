import { join } from 'node:path';
import { realPart } from './real-parts.ts';

/** MaxMind's own databases of November 2019, as OpenSearch carries them; used in place, never copied. */
const FOLDER = 'opensearch-3.6.0/modules/ingest-geoip';

export interface GeoLite2 {
  readonly city: string;
  readonly country: string;
  readonly asn: string;
  /** Why the files are not there. */
  readonly missing: string | undefined;
}

export async function geoLite2(): Promise<GeoLite2> {
  const part = await realPart('opensearch');
  const file = (name: string) => (part.kind === 'part' ? join(part.folder, FOLDER, `GeoLite2-${name}.mmdb`) : '');
  return {
    city: file('City'),
    country: file('Country'),
    asn: file('ASN'),
    missing: part.kind === 'missing' ? part.reason : undefined,
  };
}
