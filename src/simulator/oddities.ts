import { isJsonObject, type JsonObject } from '../core/json.ts';
import { type Chance, uuidBy } from './random.ts';

/** Now and then the API knows less of a person than usual; of one who comes by a token, at times another id. */
export function roughActor(actor: JsonObject, chance: Chance): JsonObject {
  const dice = chance.fraction();
  if (dice < 0.01) return without(actor, 'email');
  if (dice < 0.015) return { id: actor['id'] };
  if (dice < 0.02) return { ...actor, links: {} };
  if (dice < 0.05 && usesToken(actor)) return { ...actor, id: `ug:${uuidBy(chance)}` };
  return actor;
}

/** Users in context come without an id at times, and the list itself may be missing. */
export function roughContext(context: readonly JsonObject[], chance: Chance): readonly JsonObject[] | undefined {
  const dice = chance.fraction();
  if (dice < 0.005) return undefined;
  if (dice < 0.03) return context.map((object) => (object['type'] === 'users' ? without(object, 'id') : object));
  return context;
}

function usesToken({ auth }: JsonObject): boolean {
  return isJsonObject(auth) && auth['authType'] !== 'session';
}

function without(object: JsonObject, key: string): JsonObject {
  return { ...object, [key]: undefined };
}
