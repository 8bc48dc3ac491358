import type { AuditObject } from './ecs-document.ts';
import { text } from './read.ts';

/** Attributes in which an event says why something failed, the most telling first. */
const REASONS = ['failureReason', 'reason', 'errorMessage', 'error', 'cause'] as const;

export function reasonOf(context: readonly AuditObject[], container: readonly AuditObject[]): string | undefined {
  return firstReason(context) ?? firstReason(container);
}

function firstReason(objects: readonly AuditObject[]): string | undefined {
  for (const name of REASONS) {
    for (const { attributes } of objects) {
      const reason = text(attributes?.[name]);
      if (reason !== undefined) return reason;
    }
  }
  return undefined;
}
