import type { EcsActingUser, EcsUser } from '../ecs-document.ts';
import type { Targets } from './targets.ts';

export type UserParts = {
  readonly actor: EcsUser | undefined;
  readonly effective: EcsUser | undefined;
  readonly targets: Targets;
};

/** Who acted, as whom, and on whom: the usage that ECS describes for `user`. */
export function actingUser({ actor, effective, targets }: UserParts): EcsActingUser | undefined {
  const { people, groups, changes } = targets;
  const first = people[0];
  const target = first && { ...first, group: groups[0] };
  if (actor === undefined && effective === undefined && target === undefined && changes === undefined) return undefined;
  return {
    id: actor?.id,
    name: actor?.name,
    full_name: actor?.full_name,
    email: actor?.email,
    domain: actor?.domain,
    effective,
    target,
    changes,
  };
}
