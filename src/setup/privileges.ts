import type { JsonObject } from '../core/json.ts';

/** https://www.elastic.co/docs/reference/elasticsearch/security-privileges */
export interface RoleDescriptor {
  readonly cluster: readonly string[];
  readonly indices: readonly { readonly names: readonly string[]; readonly privileges: readonly string[] }[];
}

export function shippingRole(pattern: string, privileges: readonly string[]): RoleDescriptor {
  return { cluster: [], indices: [{ names: [pattern], privileges }] };
}

/** `manage` on the data streams: rolling over and how long documents are kept. Documents themselves can't be read with it. */
export function setupRole(pattern: string): RoleDescriptor {
  return {
    cluster: ['manage_index_templates', 'manage_ingest_pipelines'],
    indices: [{ names: [pattern], privileges: ['manage'] }],
  };
}

/** https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-security-create-api-key */
export function apiKeyRequest(name: string, role: RoleDescriptor): JsonObject {
  const descriptor = {
    cluster: [...role.cluster],
    indices: role.indices.map(({ names, privileges }) => ({ names: [...names], privileges: [...privileges] })),
  };
  return { name, role_descriptors: { [name]: descriptor } };
}
