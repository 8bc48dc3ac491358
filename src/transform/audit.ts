import type { JsonObject } from '../core/json.ts';
import type { AtlassianAudit, AuditActor, AuditObject } from './ecs-document.ts';
import { text, unlessEmpty } from './read.ts';

export type AuditParts = {
  readonly actor: AuditActor | undefined;
  readonly context: readonly AuditObject[];
  readonly container: readonly AuditObject[];
  readonly location: JsonObject;
  readonly message: JsonObject;
};

/** What ECS has no field for, under the names of Elastic's integration. */
export function auditOf({ actor, context, container, location, message }: AuditParts): AtlassianAudit | undefined {
  const built: AtlassianAudit = {};
  if (actor !== undefined) built.actor = actor;
  if (context.length > 0) built.context = context;
  if (container.length > 0) built.container = container;
  const geo = text(location['geo']);
  if (geo !== undefined) built.location = { geo };
  const format = text(message['format']);
  if (format !== undefined) built.message = { format };
  return unlessEmpty(built);
}
