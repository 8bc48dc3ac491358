import type { AuditObject } from '../ecs-document.ts';
import { text } from '../read.ts';

const ORGANIZATIONS: ReadonlySet<string> = new Set(['orgs', 'org', 'organizations', 'organization']);

/** The name of the organization that the events are of, where the event gives it. */
export function organizationNameOf(
  id: string,
  container: readonly AuditObject[],
  context: readonly AuditObject[],
): string | undefined {
  return nameIn(id, container) ?? nameIn(id, context);
}

function nameIn(organizationId: string, objects: readonly AuditObject[]): string | undefined {
  for (const { id, type, attributes } of objects) {
    if (type === undefined || !ORGANIZATIONS.has(type) || (id !== undefined && id !== organizationId)) continue;
    const name = text(attributes?.['name']);
    if (name !== undefined) return name;
  }
  return undefined;
}
