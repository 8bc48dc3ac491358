import type { ActionName } from '../core/action-names.ts';
import type { JsonObject } from '../core/json.ts';
import type { AtlassianAudit, AuditActor, AuditObject } from './ecs-document.ts';
import { readEntities } from './entities/read-entities.ts';
import { auditTarget, type Targets } from './people/targets.ts';
import { text } from './read.ts';

export type AuditParts = {
  /** What the API calls the action. */
  readonly action: ActionName | undefined;
  /** Key of the product that the id of the action names. */
  readonly product: string | undefined;
  readonly actor: AuditActor | undefined;
  readonly targets: Targets;
  readonly context: readonly AuditObject[];
  readonly container: readonly AuditObject[];
  readonly location: JsonObject;
  readonly message: JsonObject;
};

/** What ECS has no field for, under the names of Elastic's integration where that has one. */
export function auditOf(parts: AuditParts): AtlassianAudit | undefined {
  const { action, product, actor, targets, context, container } = parts;
  const geo = text(parts.location['geo']);
  const format = text(parts.message['format']);
  const objects = context.length + container.length;
  if (objects === 0 && !(action ?? product ?? actor ?? geo ?? format)) return undefined;

  const audit: AtlassianAudit = { action, actor, target: auditTarget(targets) };
  if (product !== undefined) audit.product = { key: product };
  readEntities(context, audit);
  readEntities(container, audit);
  if (context.length > 0) audit.context = context;
  if (container.length > 0) audit.container = container;
  if (geo !== undefined) audit.location = { geo };
  if (format !== undefined) audit.message = { format };
  return audit;
}
