import type { JsonObject } from '../../core/json.ts';
import type { AuditActor, AuditApp, AuditAuth, EcsUser } from '../ecs-document.ts';
import { flattened } from '../flattened.ts';
import { object, text } from '../read.ts';
import { isPerson, userOf } from './person.ts';

export type Actor = {
  /** The acting person, `undefined` where an app or the system acted. */
  readonly user: EcsUser | undefined;
  /** The person for whom the actor acted. */
  readonly onBehalfOf: EcsUser | undefined;
  /** How the actor came in, for whom, and through which app; an actor that is no person is an app here. */
  readonly details: AuditActor | undefined;
};

export function actorOf(actor: JsonObject): Actor {
  const person = isPerson(actor);
  const user = person ? personOf(actor) : undefined;
  const onBehalfOf = personOf(object(actor['onBehalfOf']));
  const auth = auditAuth(object(actor['auth']));
  const app = auditApp(actor, person);
  if (auth === undefined && onBehalfOf === undefined && app === undefined)
    return { user, onBehalfOf, details: undefined };
  return { user, onBehalfOf, details: { auth, on_behalf_of: onBehalfOf && shortOf(onBehalfOf), app } };
}

function personOf(person: JsonObject): EcsUser | undefined {
  return userOf(text(person['id']), person['name'], person['email']);
}

function shortOf({ id, name, email }: EcsUser): AuditActor['on_behalf_of'] {
  return { id, name, email };
}

function auditAuth(auth: JsonObject): AuditAuth | undefined {
  const auth_type = text(auth['authType']);
  const token_id = text(auth['tokenId']);
  const token_label = text(auth['tokenLabel']) ?? text(auth['tokenName']);
  if (auth_type === undefined && token_id === undefined && token_label === undefined) return undefined;
  return { auth_type, token_id, token_label };
}

/** Id and name of an actor that is an app win over those of `actor.app`, as in Elastic's integration. */
function auditApp(actor: JsonObject, isPersonActing: boolean): AuditApp | undefined {
  const app = object(actor['app']);
  const acting = isPersonActing ? app : actor;
  const id = text(acting['id']) ?? text(app['id']);
  const name = text(acting['name']) ?? text(app['name']);
  const type = text(app['type']) ?? text(acting['type']);
  const attributes = flattened(app['attributes']);
  if (id === undefined && name === undefined && type === undefined && attributes === undefined) return undefined;
  return { id, name, type, attributes };
}
