import type { JsonObject } from '../core/json.ts';
import type { Organization } from './organization.ts';
import type { Person } from './people.ts';
import type { Place } from './places.ts';
import type { Chance } from './random.ts';

/** Who does something, where, and the chance that decides on the rest. */
export interface Scene {
  readonly chance: Chance;
  readonly organization: Organization;
  readonly person: Person;
  readonly place: Place;
}

/** What an action leaves in an event beside its id, its times and its links. */
export interface Activity {
  readonly actor: JsonObject;
  readonly context: readonly JsonObject[];
  readonly container: readonly JsonObject[];
  readonly location: Place | undefined;
  readonly message: string;
}

/** Plays one action. */
export type Play = (scene: Scene) => Activity;
