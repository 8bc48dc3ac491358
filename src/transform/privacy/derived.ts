import type { EcsActingUser, EcsDocument, EcsUser } from '../ecs-document.ts';
import type { Treatments } from './config.ts';

/**
 * Without the fields that would still tell, or could not hold, what was taken out: the domain of an e-mail address,
 * and fields of type `ip`, which refuse the whole document for a hash.
 */
export function withoutDerived(document: EcsDocument, treatments: Treatments): EcsDocument {
  const { user, source, related } = document;
  const keepsDomains = treatments['user.email'] === 'keep';
  const keepsAddresses = treatments['source.ip'] === 'keep';
  return {
    ...document,
    user: keepsDomains ? user : user && withoutDomains(user),
    source: keepsAddresses ? source : source && { ...source, ip: undefined },
    related: keepsAddresses ? related : related && { ...related, ip: undefined },
  };
}

function withoutDomains(user: EcsActingUser): EcsActingUser {
  const { target, effective, changes } = user;
  return {
    ...user,
    domain: undefined,
    effective: effective && withoutDomain(effective),
    target: target && { ...target, domain: undefined },
    changes: changes && withoutDomain(changes),
  };
}

function withoutDomain(user: EcsUser): EcsUser {
  return { ...user, domain: undefined };
}
