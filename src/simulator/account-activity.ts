import type { JsonObject } from '../core/json.ts';
import { orgOf, sessionActor, userOf } from './objects.ts';
import { type Chance, uuidBy } from './random.ts';
import type { Play } from './scene.ts';

/** What happens to accounts: logins, tokens, second factors. */

/** Some of the API's logins say how it ended in a second context object, some by the action alone. */
export function login(message: string, status: string | undefined): Play {
  return (scene) => {
    const { organization, person, place, chance } = scene;
    const context = [userOf(person, organization)];
    return {
      actor: sessionActor(scene),
      context: status === undefined ? context : [...context, attemptOf(chance, status)],
      container: [orgOf(organization)],
      location: place,
      message,
    };
  };
}

export const loggedInAs: Play = (scene) => {
  const { chance, organization, place } = scene;
  const target = chance.pick(organization.people);
  const { accountId: id, name, email } = target;
  return {
    actor: { ...sessionActor(scene), onBehalfOf: { id, name, email } },
    context: [userOf(target, organization)],
    container: [orgOf(organization)],
    location: place,
    message: `Logged in as ${name}`,
  };
};

export function apiToken(verb: string): Play {
  return (scene) => {
    const { chance, organization, place } = scene;
    const label = chance.pick(['laptop', 'ci-reports', 'backup script', 'power bi', 'test']);
    const token = { id: uuidBy(chance), type: 'api-tokens', attributes: { tokenLabel: label }, links: {} };
    return {
      actor: sessionActor(scene),
      context: [token, userOf(scene.person, organization)],
      container: [orgOf(organization)],
      location: place,
      message: `${verb} API token ${label}`,
    };
  };
}

/** Done by an administrator to somebody else's account. */
export function accountChange(message: (name: string) => string): Play {
  return (scene) => {
    const { chance, organization, place } = scene;
    const target = chance.pick(organization.people);
    return {
      actor: sessionActor(scene),
      context: [userOf(target, organization)],
      container: [orgOf(organization)],
      location: place,
      message: message(target.name),
    };
  };
}

function attemptOf(chance: Chance, status: string): JsonObject {
  return { id: uuidBy(chance), type: 'login-attempt', attributes: { status }, links: null };
}
