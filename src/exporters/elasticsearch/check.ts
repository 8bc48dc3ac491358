import { memberOf } from '../../core/json.ts';
import type { Problem } from '../../core/problem.ts';
import type { CheckOutcome } from '../../core/source.ts';
import type { ElasticsearchConnection } from './connection.ts';
import { lookAtDataStream, mappingOwner, type Owner, templateOwner } from './data-stream.ts';
import { SHIPPING_PRIVILEGES } from './privileges.ts';
import type { RequestFailure } from './request-failure.ts';

/** Asks the server what the key may do and what there is. Never writes: a probe would stay among the evidence. */
export async function checkShipping(
  connection: ElasticsearchConnection,
  dataStream: string,
  signal: AbortSignal,
): Promise<CheckOutcome> {
  const missing = await missingPrivileges(connection, dataStream, signal);
  if (missing.kind === 'failed') return failed(missing.failure.problem);
  if (missing.privileges.length > 0) return failed(lacks(dataStream, missing.privileges));

  const state = await lookAtDataStream(connection, dataStream, signal);
  if (state.kind === 'failed') return failed(state.failure.problem);
  const newest = state.kind === 'exists' ? state.backingIndices.at(-1) : undefined;
  if (newest !== undefined) {
    const owner = await mappingOwner(connection, newest, signal);
    return ok(`${dataStream} is there and takes documents${MAPPING[owner]}.`);
  }
  const owner = await templateOwner(connection, dataStream, signal);
  if (owner === 'none') return failed(noTemplate(dataStream));
  return ok(`${dataStream} will be made with the first document${TEMPLATE[owner]}.`);
}

const MAPPING: Readonly<Record<Owner, string>> = {
  ours: '',
  foreign: ', but its mapping is not ours: "atlassian-shipper setup" installs it',
  none: '',
  unknown: '. (Without the privilege view_index_metadata its mapping was not looked at)',
};

const TEMPLATE: Readonly<Record<Owner, string>> = {
  ours: '',
  foreign: ', by a template that is not ours: "atlassian-shipper setup" installs it',
  none: '',
  unknown:
    ', if there is a template for it, which can\'t be seen with this key ("atlassian-shipper setup" installs it)',
};

type Missing =
  | { readonly kind: 'known'; readonly privileges: readonly string[] }
  | { readonly kind: 'failed'; readonly failure: RequestFailure };

/** https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-security-has-privileges */
async function missingPrivileges(
  connection: ElasticsearchConnection,
  dataStream: string,
  signal: AbortSignal,
): Promise<Missing> {
  const asked = { index: [{ names: [dataStream], privileges: [...SHIPPING_PRIVILEGES] }] };
  const answer = await connection.send(
    { method: 'POST', path: '/_security/user/_has_privileges', body: asked },
    signal,
  );
  if (answer.kind === 'failed') return withoutSecurity(answer.failure) ? { kind: 'known', privileges: [] } : answer;
  const granted = memberOf(memberOf(answer.body, 'index'), dataStream);
  return {
    kind: 'known',
    privileges: SHIPPING_PRIVILEGES.filter((privilege) => memberOf(granted, privilege) !== true),
  };
}

/** With security off Elasticsearch does not know the path, and says so. */
function withoutSecurity({ said }: RequestFailure): boolean {
  return /no handler found|incorrect HTTP method|security (is|must be) |not enabled/i.test(said);
}

function lacks(dataStream: string, privileges: readonly string[]): Problem {
  return {
    code: 'forbidden',
    message: `The key or user lacks ${privileges.join(' and ')} on ${dataStream}.`,
    remedy: '"atlassian-shipper setup --privileges" prints what shipping takes, and a request that makes such a key.',
  };
}

function noTemplate(dataStream: string): Problem {
  return {
    code: 'no-data-stream',
    message: `No index template makes ${dataStream} a data stream.`,
    remedy: 'Run "atlassian-shipper setup" with a key that may manage index templates.',
  };
}

function ok(detail: string): CheckOutcome {
  return { kind: 'ok', detail };
}

function failed(problem: Problem): CheckOutcome {
  return { kind: 'failed', problem };
}
