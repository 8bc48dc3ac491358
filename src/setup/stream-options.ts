import { isJsonObject, type JsonObject, type JsonValue, memberOf, objectsIn } from '../core/json.ts';
import { demand, type ElasticsearchApi, SetupError } from './elasticsearch-api.ts';

/** What a template decides only when a data stream is made, and what an existing one is told apart. */
export interface StreamOption {
  /** Below `/_data_stream/<name>/`. */
  readonly path: '_lifecycle' | '_options';
  readonly what: string;
  readonly wanted: JsonObject;
  /** The part of the answer about one data stream that is compared. */
  readonly member: 'lifecycle' | 'options';
}

/** Without a retention the lifecycle that a data stream has is left as it is. */
export function streamOptions(retention: string | undefined): readonly StreamOption[] {
  const lifecycle: StreamOption = {
    path: '_lifecycle',
    what: `keep documents for ${retention}`,
    wanted: { enabled: true, data_retention: retention },
    member: 'lifecycle',
  };
  const failureStore: StreamOption = {
    path: '_options',
    what: 'failure store off',
    wanted: { failure_store: { enabled: false } },
    member: 'options',
  };
  return retention === undefined ? [failureStore] : [lifecycle, failureStore];
}

export type OptionState = 'as wanted' | 'different' | 'not known to this server';

export async function optionState(
  api: ElasticsearchApi,
  stream: string,
  { path, wanted, member }: StreamOption,
  signal: AbortSignal,
): Promise<OptionState> {
  const answer = await api.send({ method: 'GET', path: optionPath(stream, path) }, signal);
  if (answer.kind === 'failed') {
    // A build without data stream lifecycles does not know the path.
    if (UNKNOWN_PATH.has(answer.failure.status ?? 0)) return 'not known to this server';
    throw new SetupError(answer.failure.problem);
  }
  const found = objectsIn(answer.body['data_streams']).find(({ name }) => name === stream);
  return hasAll(memberOf(found, member), wanted) ? 'as wanted' : 'different';
}

export async function putOption(
  api: ElasticsearchApi,
  stream: string,
  { path, wanted }: StreamOption,
  signal: AbortSignal,
): Promise<void> {
  await demand(api, { method: 'PUT', path: optionPath(stream, path), body: wanted }, signal);
}

const UNKNOWN_PATH: ReadonlySet<number> = new Set([400, 404, 405]);

function optionPath(stream: string, path: string): string {
  return `/_data_stream/${encodeURIComponent(stream)}/${path}`;
}

function hasAll(actual: JsonValue | undefined, wanted: JsonObject): boolean {
  return Object.entries(wanted).every(([name, value]) => {
    const found = memberOf(actual, name);
    return isJsonObject(value) ? hasAll(found, value) : found === value;
  });
}
