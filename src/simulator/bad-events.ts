import { createHash } from 'node:crypto';
import type { JsonObject } from '../core/json.ts';
import { isJsonObject } from '../core/json.ts';

/** What makes an event unusable. */
export type Defect = 'no-id' | 'no-action' | 'bad-time';

const DEFECTS: readonly Defect[] = ['no-id', 'no-action', 'bad-time'];

export interface BadEvent {
  readonly index: number;
  readonly defect: Defect;
  /** As a ledger or a dead letter names it: its id, else `sha256:<hex>` of its JSON. */
  readonly key: string;
}

/**
 * Which events are unusable: `count` of them spread over the first `total`, one defect after another,
 * none of them in `reserved`.
 */
export function spreadDefects(count: number, total: number, reserved: readonly number[]): ReadonlyMap<number, Defect> {
  const taken = new Set(reserved);
  const defects = new Map<number, Defect>();
  for (let number = 0; number < count; number += 1) {
    let index = Math.floor(((number + 0.5) * total) / count);
    while (taken.has(index) && taken.size < total) index = (index + 1) % total;
    taken.add(index);
    defects.set(index, DEFECTS[number % DEFECTS.length] ?? 'no-id');
  }
  return defects;
}

export function spoil(event: JsonObject, defect: Defect): JsonObject {
  const { attributes } = event;
  if (!isJsonObject(attributes)) return event;
  switch (defect) {
    case 'no-id': {
      const { id: _id, ...rest } = event;
      return rest;
    }
    case 'no-action': {
      const { action: _action, ...rest } = attributes;
      return { ...event, attributes: rest };
    }
    case 'bad-time':
      return { ...event, attributes: { ...attributes, time: 'the day before yesterday' } };
  }
}

export function keyOf(event: JsonObject): string {
  const { id } = event;
  if (typeof id === 'string') return id;
  return `sha256:${createHash('sha256').update(JSON.stringify(event)).digest('hex')}`;
}
