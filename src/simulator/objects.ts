import type { JsonObject } from '../core/json.ts';
import type { Group, MarketplaceApp, Organization } from './organization.ts';
import type { Person } from './people.ts';
import type { Scene } from './scene.ts';
import type { Project, Site, Space } from './sites.ts';

/** The objects of `actor`, `context` and `container`, in the shapes of the API. */

export function sessionActor({ person, organization }: Scene): JsonObject {
  return actorOf(person, organization, { authType: 'session' });
}

/** Mostly a browser; sometimes a script with a token or an app on behalf of the person. */
export function anyActor(scene: Scene): JsonObject {
  const { chance, person, organization } = scene;
  const dice = chance.fraction();
  if (dice < 0.85) return sessionActor(scene);
  if (dice < 0.95) {
    const { id: tokenId, label: tokenLabel } = person.token;
    return actorOf(person, organization, { authType: 'api-token', tokenId, tokenLabel });
  }
  const app = chance.pick(organization.apps);
  return { ...actorOf(person, organization, { authType: 'auth-token-for-3LO' }), app: appOf(app) };
}

export function actorOf(person: Person, organization: Organization, auth: JsonObject): JsonObject {
  const { accountId, name, email } = person;
  return { id: accountId, name, email, picture: null, auth, links: userLinks(person, organization) };
}

export function userOf(person: Person, organization: Organization): JsonObject {
  const { accountId, name, email } = person;
  const attributes = { name, email, accountType: 'atlassian' };
  return { id: accountId, type: 'users', attributes, links: userLinks(person, organization) };
}

export function groupOf({ id, name }: Group, { id: orgId }: Organization): JsonObject {
  const alt = `https://admin.atlassian.com/o/${orgId}/groups/${id}`;
  return { id, type: 'groups', attributes: { name, groupName: name }, links: { alt } };
}

export function siteOf({ id, name, host }: Site): JsonObject {
  return { id, type: 'sites', attributes: { siteName: name, siteHostName: `https://${host}` }, links: { self: null } };
}

/** Jira names the work item where it names the site. */
export function siteWithWorkItem({ site, key }: Project, number: number): JsonObject {
  const issueKeyOrId = `${key}-${number}`;
  const { name: siteName, host: siteHostName } = site;
  const attributes = { siteName, siteHostName, product: 'software', issueId: String(10_000 + number), issueKeyOrId };
  return { id: site.id, type: 'sites', attributes, links: { alt: `https://${siteHostName}/browse/${issueKeyOrId}` } };
}

export function spaceOf({ id, key, name, site }: Space): JsonObject {
  return { id, type: 'space', attributes: { name, key }, links: { alt: `https://${site.host}/wiki/spaces/${key}` } };
}

export function orgOf({ id, name }: Organization, more: JsonObject = {}): JsonObject {
  const links = {
    alt: `https://admin.atlassian.com/o/${id}/overview`,
    self: `https://api.atlassian.com/admin/v1/orgs/${id}`,
  };
  return { id, type: 'orgs', attributes: { name, ...more }, links };
}

export function productOf(product: string, site: Site): JsonObject {
  const attributes = { name: product, siteName: site.name, siteHostName: site.host };
  return { id: `ari:cloud:${product}::site/${site.id}`, type: 'products', attributes, links: {} };
}

export function appOf({ id, name, vendor }: MarketplaceApp): JsonObject {
  return { id, type: 'apps', attributes: { name, vendor } };
}

function userLinks({ accountId }: Person, { sites }: Organization): JsonObject {
  const id = encodeURIComponent(accountId);
  return {
    self: `https://api.atlassian.com/users/${id}/manage/profile`,
    alt: `https://admin.atlassian.com/s/${sites[0]?.id}/users/${id}`,
  };
}
