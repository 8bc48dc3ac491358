import type { ActionName } from '../core/action-names.ts';
import type { JsonObject } from '../core/json.ts';
import type { AtlassianAudit, AuditActor, AuditEntities, AuditObject } from './ecs-document.ts';
import { auditTarget, type Targets } from './people/targets.ts';
import { text } from './read.ts';

export type AuditParts = {
  readonly action: ActionName | undefined;
  readonly actor: AuditActor | undefined;
  readonly targets: Targets;
  readonly entities: AuditEntities;
  readonly context: readonly AuditObject[];
  readonly container: readonly AuditObject[];
  readonly location: JsonObject;
  readonly message: JsonObject;
};

/** What ECS has no field for, under the names of Elastic's integration where that has one. */
export function auditOf(parts: AuditParts): { audit: AtlassianAudit } | undefined {
  const { action, actor, targets, entities, context, container } = parts;
  const geo = text(parts.location['geo']);
  const format = text(parts.message['format']);
  const objects = context.length + container.length;
  if (objects === 0 && !(action ?? actor ?? entities.product ?? geo ?? format)) return undefined;
  return {
    audit: {
      action,
      actor,
      target: auditTarget(targets),
      ...entities,
      context: context.length === 0 ? undefined : context,
      container: container.length === 0 ? undefined : container,
      location: geo === undefined ? undefined : { geo },
      message: format === undefined ? undefined : { format },
    },
  };
}
