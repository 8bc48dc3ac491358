import { z } from 'zod';

/** The part of the configuration that GeoIP owns. */
export const geoipSchema = z.strictObject({
  city_database: z
    .string()
    .min(1)
    .optional()
    .describe('MaxMind DB file for source.geo: GeoLite2 City, GeoIP2 City or DB-IP City Lite. Default: none.'),
  asn_database: z
    .string()
    .min(1)
    .optional()
    .describe('MaxMind DB file for source.as: GeoLite2 ASN, GeoIP2 ISP or DB-IP ASN Lite. Default: none.'),
});
