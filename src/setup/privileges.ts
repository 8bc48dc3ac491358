import { type JsonObject, type JsonValue, memberOf } from '../core/json.ts';
import { type ElasticsearchApi, SetupError } from './elasticsearch-api.ts';

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

/**
 * Asks before anything is changed: without a privilege on the data streams Elasticsearch hides them, and setting up would
 * look as if it were done. A server that can't say is taken to be one without security.
 */
export async function demandPrivileges(
  api: ElasticsearchApi,
  { cluster, indices }: RoleDescriptor,
  signal: AbortSignal,
): Promise<void> {
  const index = indices.map(({ names, privileges }) => ({ names: [...names], privileges: [...privileges] }));
  const answer = await api.send(
    { method: 'POST', path: '/_security/user/_has_privileges', body: { cluster: [...cluster], index } },
    signal,
  );
  if (answer.kind === 'failed') {
    const { status, problem } = answer.failure;
    if (status === undefined || status === 401 || status === 403) throw new SetupError(problem);
    return;
  }
  const missing = [
    ...cluster.filter((privilege) => !isGranted(answer.body['cluster'], privilege)).map((name) => `${name} (cluster)`),
    ...index.flatMap(({ names, privileges }) =>
      names.flatMap((name) =>
        privileges
          .filter((privilege) => !isGranted(memberOf(answer.body['index'], name), privilege))
          .map((privilege) => `${privilege} on ${name}`),
      ),
    ),
  ];
  if (missing.length > 0) throw lacks(missing);
}

function isGranted(granted: JsonValue | undefined, privilege: string): boolean {
  return memberOf(granted, privilege) === true;
}

function lacks(privileges: readonly string[]): SetupError {
  return new SetupError({
    code: 'forbidden',
    message: `For setting up, the key or user lacks ${privileges.join(' and ')}.`,
    remedy: '"atlassian-shipper setup --privileges" prints a request that makes such a key.',
  });
}
