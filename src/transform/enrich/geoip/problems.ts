import type { Problem } from '../../../core/problem.ts';

/** What a database is for, and how a person comes by one. */
export interface DatabaseKind {
  readonly name: 'city' | 'asn';
  readonly products: string;
  /** Where its path is configured. */
  readonly key: string;
}

export const CITY: DatabaseKind = {
  name: 'city',
  products: 'GeoLite2 City, GeoIP2 City or DB-IP City Lite',
  key: 'geoip.city_database (GEOIP_CITY_DATABASE)',
};

export const ASN: DatabaseKind = {
  name: 'asn',
  products: 'GeoLite2 ASN, GeoIP2 ISP or DB-IP ASN Lite',
  key: 'geoip.asn_database (GEOIP_ASN_DATABASE)',
};

/** What the person who has to act should know: which file, and what happens meanwhile. */
export interface Situation {
  readonly kind: DatabaseKind;
  readonly path: string;
  /** Whether one that was loaded before goes on answering. */
  readonly hasFormer: boolean;
}

/** Why a file is not in use. */
export type Failure =
  | { readonly kind: 'missing' }
  | { readonly kind: 'unreadable' | 'damaged' | 'wrong-kind'; readonly reason: string };

const SOON = 'It is taken up within a minute.';

export function problemOf(failure: Failure, { kind, path, hasFormer }: Situation): Problem {
  const meanwhile = hasFormer ? 'The one loaded before stays in use.' : 'Documents go without it.';
  const code = `geoip-${failure.kind}`;
  switch (failure.kind) {
    case 'missing':
      return {
        code,
        message: `The GeoIP ${kind.name} database ${path} is not there. ${meanwhile}`,
        remedy: `Put it there, or correct ${kind.key}. ${SOON}`,
      };
    case 'unreadable':
      return {
        code,
        message: `The GeoIP ${kind.name} database ${path} can't be read: ${failure.reason}. ${meanwhile}`,
        remedy: `Check its permissions and its mount. ${SOON}`,
      };
    case 'damaged':
      return {
        code,
        message: `The GeoIP ${kind.name} database ${path} can't be used: ${failure.reason}. ${meanwhile}`,
        remedy: `Put a whole file there, best by renaming it. ${SOON}`,
      };
    case 'wrong-kind':
      return {
        code,
        message: `${path} is no GeoIP ${kind.name} database: ${failure.reason}. ${meanwhile}`,
        remedy: `Name a file of ${kind.products} in ${kind.key}.`,
      };
  }
}

/** Found while it is in use. */
export function damagedInPlaces({ kind, path }: Omit<Situation, 'hasFormer'>, reason: string): Problem {
  return {
    code: 'geoip-damaged-in-places',
    message: `The GeoIP ${kind.name} database ${path} is damaged in places: ${reason}. Where an address leads there, the document goes without it.`,
    remedy: `Fetch it again. ${SOON}`,
  };
}
