import { login } from './account-activity.ts';
import { actionById } from './actions.ts';
import { membershipOf, roleOf } from './admin-activity.ts';
import type { Organization } from './organization.ts';
import { ATTACKER } from './places.ts';
import { chanceOf } from './random.ts';
import type { Activity, Scene } from './scene.ts';

/**
 * One attack, told in order over the backlog: stolen passwords are tried on many accounts from one address of
 * a country where nobody works, one of them opens an administrator's account, and the intruder makes another
 * account an administrator, creates an API token and takes the audit log and spaces away.
 */
export interface AttackStory {
  /** The scene of the story at this index of the stream, if it has one there. */
  at(index: number): StoryStep | undefined;
  readonly indexes: readonly number[];
}

export interface StoryStep {
  readonly action: string;
  readonly activity: Activity;
}

const FIRST_ATTEMPT = 0.4;
const ATTEMPTS_SPAN = 0.02;
const MOST_ATTEMPTS = 48;
const SHORTEST_BACKLOG = 60;

/** Where in the backlog the intruder does what, once inside. */
const DEEDS: readonly (readonly [fraction: number, action: string])[] = [
  [0.43, 'user_login'],
  [0.45, 'twosv_disabled_for_user'],
  [0.47, 'user_added_to_group'],
  [0.48, 'user_granted_role'],
  [0.51, 'api_token_created'],
  [0.55, 'organization_audit_log_exported'],
  [0.58, 'confluence_space_export_completed'],
  [0.6, 'confluence_space_export_completed'],
];

export function createAttackStory(seed: number, total: number, organization: Organization): AttackStory {
  const steps = new Map(total < SHORTEST_BACKLOG ? [] : stepsOf(total));
  const victim = organization.admins.at(0);
  const accomplices = organization.people.slice(-1);
  if (victim === undefined) throw new RangeError('An attack needs an administrator.');

  const sceneAt = (index: number): Scene => ({
    chance: chanceOf(seed, 0xa77ac, index),
    organization,
    person: victim,
    place: ATTACKER,
  });

  const at = (index: number): StoryStep | undefined => {
    const action = steps.get(index);
    if (action === undefined) return undefined;
    const scene = sceneAt(index);
    return { action, activity: activityOf(action, scene) };
  };

  const activityOf = (action: string, scene: Scene): Activity => {
    if (action === 'user_login_failed') {
      const person = scene.chance.pick(organization.people);
      return login('Failed to log in to account', 'FAILURE')({ ...scene, person });
    }
    if (action === 'user_added_to_group') return membershipOf(scene, 'Added', organization.adminGroup, accomplices);
    if (action === 'user_granted_role') return roleOf(scene, 'Granted', 'User access admin');
    return actionById(action).play(scene);
  };

  return { at, indexes: [...steps.keys()] };
}

function stepsOf(total: number): readonly (readonly [index: number, action: string])[] {
  const attempts = Math.min(MOST_ATTEMPTS, Math.floor(total / 10));
  const first = Math.floor(total * FIRST_ATTEMPT);
  const stride = Math.max(1, Math.floor((total * ATTEMPTS_SPAN) / attempts));
  const failures = Array.from(
    { length: attempts },
    (_, number) => [first + number * stride, 'user_login_failed'] as const,
  );
  let last = first + (attempts - 1) * stride;
  const deeds = DEEDS.map(([fraction, action]) => {
    last = Math.max(last + 1, Math.floor(total * fraction));
    return [last, action] as const;
  });
  return [...failures, ...deeds];
}
