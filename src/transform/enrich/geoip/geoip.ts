import type { ReferenceData } from '../../../core/reference-data.ts';
import type { EcsAs } from '../../ecs-document.ts';
import type { Geoip, Located, SaidPlace } from '../../network.ts';
import { createRecent } from '../../recent.ts';
import { createDatabaseFile, type DatabaseFile, type Reporting } from './database-file.ts';
import { mergePlace } from './merge-place.ts';
import { networkOwnerOf } from './network-owner.ts';
import { type Place, placeOf } from './place.ts';
import { ASN, CITY } from './problems.ts';
import { publicAddress } from './public-address.ts';

export interface GeoipParts extends Reporting {
  /** Paths; either may be left out. */
  readonly cityDatabase: string | undefined;
  readonly asnDatabase: string | undefined;
}

/** An organization sees a few thousand addresses; twice as many, half a kB each, are kept. */
const MAX_YOUNG = 5_000;
/** Made-up names could be of any length; real ones are remembered. */
const LONGEST_REMEMBERED = 128;

const UNKNOWN = { place: undefined, as: undefined };

/** What the databases know of an address, and what became of it with the names that the event gave last. */
interface Remembered {
  readonly place: Place | undefined;
  readonly as: EcsAs | undefined;
  readonly said: SaidPlace;
  readonly located: Located;
}

/** GeoIP from files in MaxMind's format, read whole into memory. What it locates is shared: not to be changed. */
export function createGeoip({ cityDatabase, asnDatabase, ...reporting }: GeoipParts): Geoip & ReferenceData {
  const recent = createRecent<Remembered>(MAX_YOUNG);
  const common = { ...reporting, onSwap: recent.clear };
  const city =
    cityDatabase === undefined
      ? undefined
      : createDatabaseFile({ ...common, kind: CITY, path: cityDatabase, read: placeOf });
  const asn =
    asnDatabase === undefined
      ? undefined
      : createDatabaseFile({ ...common, kind: ASN, path: asnDatabase, read: networkOwnerOf });
  const files: readonly DatabaseFile<unknown>[] = [city, asn].filter((file) => file !== undefined);

  function lookUp(text: string): Pick<Remembered, 'place' | 'as'> {
    const address = publicAddress(text);
    if (address === undefined) return UNKNOWN;
    return { place: city?.find(address), as: asn?.find(address) };
  }

  return {
    name: 'geoip',
    async refresh(signal) {
      // One after the other: each is twice in memory while it is replaced.
      for (const file of files) await file.refresh(signal);
    },
    locate(address, said) {
      const before = recent.get(address);
      if (before !== undefined && isSame(before.said, said)) return before.located;
      const { place, as } = before ?? lookUp(address);
      const located = { geo: place === undefined ? undefined : mergePlace(said, place), as };
      if (isShort(said)) recent.set(address, { place, as, said, located });
      return located;
    },
  };
}

function isSame(one: SaidPlace, other: SaidPlace): boolean {
  return one.country === other.country && one.region === other.region && one.city === other.city;
}

function isShort({ country = '', region = '', city = '' }: SaidPlace): boolean {
  return country.length + region.length + city.length <= LONGEST_REMEMBERED;
}
