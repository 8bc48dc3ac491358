import type { JsonObject, JsonValue } from '../core/json.ts';
import type { AuditActor, AuditApp, AuditAuth, EcsUser } from './ecs-document.ts';
import { flattened } from './flattened.ts';
import { isPerson } from './person.ts';
import { email, object, text, unlessEmpty } from './read.ts';

/** The acting person, `undefined` where an app or the system acted. */
export function actingUser(actor: JsonObject): EcsUser | undefined {
  return isPerson(actor) ? user(actor) : undefined;
}

/** How the actor came in, for whom, and through which app; an actor that is no person is an app here. */
export function auditActor(actor: JsonObject): AuditActor | undefined {
  const built: AuditActor = {};
  const auth = auditAuth(object(actor['auth']));
  if (auth !== undefined) built.auth = auth;
  const onBehalfOf = user(object(actor['onBehalfOf']));
  if (onBehalfOf !== undefined) built.on_behalf_of = onBehalfOf;
  const app = auditApp(actor);
  if (app !== undefined) built.app = app;
  return unlessEmpty(built);
}

/** An e-mail address that serves as id fills both fields, as ECS asks on its page about the usage of `user`. */
function user(person: JsonObject): EcsUser | undefined {
  const built: EcsUser = {};
  const id = text(person['id']);
  if (id !== undefined) built.id = id;
  const name = text(person['name']);
  if (name !== undefined) built.name = name;
  const address = email(person['email']) ?? email(id);
  if (address !== undefined) built.email = address;
  return unlessEmpty(built);
}

function auditAuth(auth: JsonObject): AuditAuth | undefined {
  const built: AuditAuth = {};
  const type = text(auth['authType']);
  if (type !== undefined) built.auth_type = type;
  const tokenId = text(auth['tokenId']);
  if (tokenId !== undefined) built.token_id = tokenId;
  const label = text(auth['tokenLabel']) ?? text(auth['tokenName']);
  if (label !== undefined) built.token_label = label;
  return unlessEmpty(built);
}

/** Id and name of an actor that is an app win over those of `actor.app`, as in Elastic's integration. */
function auditApp(actor: JsonObject): AuditApp | undefined {
  const app = object(actor['app']);
  const acting: JsonObject = isPerson(actor) ? app : actor;
  const built: AuditApp = {};
  const id = either(acting['id'], app['id']);
  if (id !== undefined) built.id = id;
  const name = either(acting['name'], app['name']);
  if (name !== undefined) built.name = name;
  const type = either(app['type'], acting['type']);
  if (type !== undefined) built.type = type;
  const attributes = flattened(app['attributes']);
  if (attributes !== undefined) built.attributes = attributes;
  return unlessEmpty(built);
}

function either(first: JsonValue | undefined, second: JsonValue | undefined): string | undefined {
  return text(first) ?? text(second);
}
