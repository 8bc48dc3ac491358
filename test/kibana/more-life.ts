import type { JsonObject } from '../../src/core/json.ts';
import { actorOf, groupOf, orgOf, siteOf, userOf } from '../../src/simulator/objects.ts';
import type { Organization } from '../../src/simulator/organization.ts';
import type { Person } from '../../src/simulator/people.ts';
import { type Chance, chanceOf, uuidBy } from '../../src/simulator/random.ts';

/**
 * What the simulator's ordinary life lacks but dashboards have to show: raw events of rare deeds, each a few times, and
 * one person who in the last week reads and exports far more than before. The same seed gives the same events.
 */
export function moreLife({ seed, organization, fromMs, toMs }: MoreLifeOptions): readonly JsonObject[] {
  const { reader, doerOf } = cast(organization);
  const deeds = RARE_DEEDS.flatMap((deed, number) => {
    const chance = chanceOf(seed, 0x3a4e, number);
    return Array.from({ length: deed.times }, () => {
      const atMs = chance.between(fromMs, toMs - 60_000);
      return rawEvent({ chance, organization, atMs, person: doerOf(chance, deed), deed });
    });
  });
  const chance = chanceOf(seed, 0x12ead);
  const readings = Array.from({ length: READINGS }, (_, number) => {
    const atMs = toMs - WEEK_MS + chance.between(0, WEEK_MS - 60_000);
    const deed = number % 5 === 0 ? PAGE_EXPORTED : PAGE_VIEWED;
    return rawEvent({ chance, organization, atMs, person: reader, deed });
  });
  return [...deeds, ...readings];
}

export interface MoreLifeOptions {
  readonly seed: number;
  readonly organization: Organization;
  readonly fromMs: number;
  readonly toMs: number;
}

/** The person who reads too much: neither an administrator nor in the attack. */
export function greedyReader({ people }: Organization): Person {
  const reader = people.at(150);
  if (reader === undefined) throw new RangeError('An organization has more people.');
  return reader;
}

const WEEK_MS = 7 * 86_400_000;
const READINGS = 250;

interface Deed {
  readonly action: string;
  readonly times: number;
  readonly by: 'admin' | 'anybody';
  readonly message: string;
  readonly about: (chance: Chance, organization: Organization) => About;
}

interface About {
  readonly context: readonly JsonObject[];
  readonly container?: readonly JsonObject[];
}

const PAGE_VIEWED = deed('confluence_page_viewed', 0, 'anybody', 'Viewed Confluence page', page({}));
const PAGE_EXPORTED = deed('confluence_page_export_downloaded', 0, 'anybody', 'Downloaded page export', page({}));

const RARE_DEEDS: readonly Deed[] = [
  deed('confluence_page_export_downloaded', 30, 'anybody', 'Downloaded Confluence page export', page({})),
  deed('jira_issues_exported', 25, 'anybody', 'Exported Jira issues', onSite()),
  deed('confluence_public_link_enabled', 12, 'anybody', 'Enabled a public link', page({})),
  deed('confluence_changed_public_link_permissions', 6, 'admin', 'Changed public link permissions', page({})),
  deed(
    'confluence_page_classification_level_updated',
    15,
    'anybody',
    'Set the classification of a page',
    page({ classificationLevel: 'Confidential' }),
  ),
  deed('data_residency_realm_updated', 2, 'admin', 'Moved a product to another realm', product()),
  deed('domain_verified', 2, 'admin', 'Verified a domain', object('domains', { name: 'halden-labs.example' })),
  deed('domain_removed', 1, 'admin', 'Removed a domain', object('domains', { name: 'old-halden.example' })),
  deed('saml_sso_configured', 2, 'admin', 'Configured SAML', object('settings', { name: 'saml', value: 'enabled' })),
  deed(
    'ip_allowlist_updated',
    3,
    'admin',
    'Updated IP allowlist',
    object('policies', { name: 'Offices', type: 'ip-allowlist' }),
  ),
  deed(
    'mobile_app_policy_update',
    2,
    'admin',
    'Updated a policy',
    object('policies', { name: 'Phones', type: 'mobile-app' }),
  ),
  deed('two_step_verification_enabled', 8, 'anybody', 'Enabled two-step verification', self()),
  deed('exported_api_tokens', 1, 'admin', 'Exported API tokens', self()),
  deed('admin_api_key_created', 2, 'admin', 'Created API key', object('api-tokens', { tokenLabel: 'provisioning' })),
  deed('product_access_revoked', 6, 'admin', 'Revoked product access', somebody()),
  deed('removed_org_admin', 1, 'admin', 'Removed organization admin', somebody()),
  // Nobody knows what this is.
  deed('flux_gizmo_realigned', 4, 'admin', 'Realigned a gizmo', self()),
  deed('group_granted_admin_access', 1, 'admin', 'Granted admin access to group', group()),
  // The same deeds under other words, for which dashboards look too.
  deed('org_admin_granted', 1, 'admin', 'Granted organization admin', somebody()),
  deed('site_admin_role_granted', 1, 'admin', 'Granted the role of a site admin', somebody()),
  deed('product_added_admin', 1, 'admin', 'Added a product admin', somebody()),
  deed('admin_added_to_site', 1, 'admin', 'Added an admin to a site', somebody()),
  deed('user_impersonated', 1, 'admin', 'Impersonated a user', somebody()),
  deed('mfa_enrolled', 1, 'anybody', 'Enrolled a second factor', self()),
  deed('password_policy_updated', 1, 'admin', 'Updated the password policy', self()),
  deed('session_duration_updated', 1, 'admin', 'Updated the duration of sessions', self()),
  deed('scim_token_created', 1, 'admin', 'Created a SCIM token', self()),
  deed('identity_provider_added', 1, 'admin', 'Added an identity provider', self()),
  deed('confluence_anonymous_access_enabled', 1, 'admin', 'Enabled anonymous access', onSite()),
];

function deed(action: string, times: number, by: Deed['by'], message: string, about: Deed['about']): Deed {
  return { action, times, by, message, about };
}

function page(attributes: JsonObject): Deed['about'] {
  return (chance, organization) => {
    const space = chance.pick(organization.spaces);
    const { id, title } = chance.pick(space.pages);
    const alt = `https://${space.site.host}/wiki/spaces/${space.key}/pages/${id}`;
    const spaceObject = { id: space.id, type: 'space', attributes: { name: space.name, key: space.key } };
    return {
      context: [{ id, type: 'page', attributes: { title, contentType: 'page', ...attributes }, links: { alt } }],
      container: [spaceObject, siteOf(space.site)],
    };
  };
}

function onSite(): Deed['about'] {
  return (chance, { sites }) => ({ context: [], container: [siteOf(chance.pick(sites))] });
}

function object(type: string, attributes: JsonObject): Deed['about'] {
  return (chance) => ({ context: [{ id: uuidBy(chance), type, attributes }] });
}

function product(): Deed['about'] {
  return (chance, { sites }) => {
    const { id, name: siteName, host: siteHostName } = chance.pick(sites);
    return {
      context: [
        { id: `ari:cloud:jira::site/${id}`, type: 'products', attributes: { name: 'Jira', siteName, siteHostName } },
      ],
    };
  };
}

function self(): Deed['about'] {
  return () => ({ context: [] });
}

function somebody(): Deed['about'] {
  return (chance, organization) => ({ context: [userOf(chance.pick(organization.people), organization)] });
}

function group(): Deed['about'] {
  return (chance, organization) => ({ context: [groupOf(chance.pick(organization.groups), organization)] });
}

function cast(organization: Organization) {
  return {
    reader: greedyReader(organization),
    doerOf: (chance: Chance, { by }: Deed): Person =>
      chance.pick(by === 'admin' ? organization.admins.slice(1) : organization.people.slice(3, 120)),
  };
}

interface Telling {
  readonly chance: Chance;
  readonly organization: Organization;
  readonly atMs: number;
  readonly person: Person;
  readonly deed: Deed;
}

function rawEvent({ chance, organization, atMs, person, deed }: Telling): JsonObject {
  const { ip, geo, countryName, regionName, city } = person.office;
  const { context, container = [orgOf(organization)] } = deed.about(chance, organization);
  return rawDeed(chance, atMs, deed.message, {
    action: deed.action,
    actor: actorOf(person, organization, { authType: 'session' }),
    context,
    container,
    location: { ip, geo, countryName, regionName, city },
  });
}

/** As the API gives it: processed some seconds after it happened. */
export function rawDeed(chance: Chance, atMs: number, message: string, attributes: JsonObject): JsonObject {
  return {
    id: uuidBy(chance),
    type: 'events',
    attributes: {
      time: new Date(atMs).toISOString(),
      processedAt: new Date(atMs + chance.between(300, 20_000)).toISOString(),
      ...attributes,
    },
    message: { content: message, format: 'simple' },
  };
}
