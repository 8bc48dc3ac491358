import type { JsonObject } from '../core/json.ts';
import { appOf, groupOf, orgOf, productOf, sessionActor, siteOf, userOf } from './objects.ts';
import type { Group } from './organization.ts';
import { EMAIL_DOMAIN, type Person } from './people.ts';
import { type Chance, uuidBy } from './random.ts';
import type { Activity, Play, Scene } from './scene.ts';

/** What administrators do, mostly in the organization's own console. */

/** How often a deed of daily business may be one that an analyst would look at: it makes an administrator, or opens something. */
const SELDOM = 0.003;

const DAILY_ROLES = ['User', 'Guest', 'Customer', 'Stakeholder'];
const ADMIN_ROLES = ['Product admin', 'User access admin', 'Organization admin'];

/** Order and number of the users in context are up to the API: clients have to pick by type. */
export function membership(verb: 'Added' | 'Removed'): Play {
  return (scene) => {
    const { chance, organization } = scene;
    const group = chance.pick(seldom(chance) ? organization.groups : organization.dailyGroups);
    const count = chance.happens(0.15) ? chance.between(2, 5) : 1;
    const members = Array.from({ length: count }, () => chance.pick(organization.people));
    return membershipOf(scene, verb, group, members);
  };
}

export function membershipOf(scene: Scene, verb: string, group: Group, members: readonly Person[]): Activity {
  const { chance, organization } = scene;
  const users = members.map((member) => userOf(member, organization));
  const groupObject = groupOf(group, organization);
  const names = members.map(({ name }) => name).join(', ');
  return byAdmin(scene, {
    context: chance.happens(0.5) ? [groupObject, ...users] : [...users, groupObject],
    message: `${verb} ${names} ${verb === 'Removed' ? 'from' : 'to'} group ${group.name}`,
  });
}

export function groupLife(verb: string): Play {
  return (scene) => {
    const group = scene.chance.pick(scene.organization.dailyGroups);
    return byAdmin(scene, { context: [groupOf(group, scene.organization)], message: `${verb} group ${group.name}` });
  };
}

export function role(verb: string): Play {
  return (scene) => {
    const { chance } = scene;
    return roleOf(scene, verb, chance.pick(seldom(chance) ? ADMIN_ROLES : DAILY_ROLES));
  };
}

export function roleOf(scene: Scene, verb: string, name: string): Activity {
  const { chance, organization } = scene;
  const member = chance.pick(organization.people);
  const site = chance.pick(organization.sites);
  const products = chance.happens(0.3) ? ['jira-software', 'confluence', 'jira-servicedesk'] : ['jira-software'];
  return byAdmin(scene, {
    context: [...products.map((product) => productOf(product, site)), userOf(member, organization)],
    message: `${verb} the role ${name} on ${site.name}: ${member.name}`,
  });
}

export const invitation: Play = (scene) => {
  const email = `new.colleague${scene.chance.between(1, 999)}@${EMAIL_DOMAIN}`;
  const invited = { id: uuidBy(scene.chance), type: 'invited-user', attributes: { email } };
  return byAdmin(scene, { context: [invited], message: `Invited ${email}` });
};

export function marketplaceApp(verb: string): Play {
  return (scene) => {
    const { chance, organization } = scene;
    const app = chance.pick(organization.apps);
    const site = chance.pick(organization.sites);
    return byAdmin(scene, { context: [appOf(app)], container: [siteOf(site)], message: `${verb} app ${app.name}` });
  };
}

/** Events of the organization as a whole have no object and no place. The first value is the usual one. */
export function orgChange(settingName: string, values: readonly string[], message: string): Play {
  return (scene) => {
    const settingValues = seldom(scene.chance) ? [scene.chance.pick(values)] : values.slice(0, 1);
    const container = [orgOf(scene.organization, { settingName, settingValues })];
    return { ...byAdmin(scene, { context: [], container, message }), location: undefined };
  };
}

export function orgRead(message: string): Play {
  return (scene) => byAdmin(scene, { context: [], message });
}

function seldom(chance: Chance): boolean {
  return chance.happens(SELDOM);
}

function byAdmin(
  scene: Scene,
  deed: {
    readonly context: readonly JsonObject[];
    readonly container?: readonly JsonObject[];
    readonly message: string;
  },
): Activity {
  const { organization, place } = scene;
  return {
    actor: sessionActor(scene),
    context: deed.context,
    container: deed.container ?? [orgOf(organization)],
    location: place,
    message: deed.message,
  };
}
