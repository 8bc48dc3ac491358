import { mergePlace } from '../../src/transform/enrich/geoip/merge-place.ts';
import type { Place } from '../../src/transform/enrich/geoip/place.ts';
import type { Geoip } from '../../src/transform/network.ts';
import type { TransformOptions } from '../../src/transform/to-ecs.ts';

const named = (name: string, code: string | undefined = undefined) => ({ code, name, names: [name] });

const DARMSTADT: Place = {
  continent: named('Europe', 'EU'),
  country: named('Germany', 'DE'),
  subdivisions: [named('Hesse', 'HE')],
  city: named('Darmstadt'),
  timezone: 'Europe/Berlin',
  location: { lat: 49.8728, lon: 8.6512 },
};

/** Two addresses that belong to nobody are said to be in Darmstadt. */
const geoip: Geoip = {
  locate: (address, said) =>
    ['198.51.100.7', '2001:db8::7'].includes(address)
      ? { geo: mergePlace(said, DARMSTADT), as: { number: 64500, organization: { name: 'Example Net' } } }
      : { geo: undefined, as: undefined },
};

const ACTION_NAMES = new Map([
  ['user_login', { name: 'Logged in to account', group: 'Atlassian accounts' }],
  ['marketplace_app_installed', { name: 'App successful installation', group: ['App actions', 'Organization'] }],
]);

/** What the golden documents were made with. */
export const GOLDEN_OPTIONS: TransformOptions = {
  organizationId: '0a0b0c0d-1111-4222-8333-444455556666',
  namespace: 'default',
  shipperVersion: '1.2.3',
  shipperName: 'golden',
  tags: ['from-configuration'],
  labels: { team: 'security' },
  geoip,
  actionNames: { of: (action) => ACTION_NAMES.get(action) },
};
