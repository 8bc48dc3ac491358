import { isJsonObject, memberOf } from '../../core/json.ts';
import { SetupError } from '../elasticsearch-api.ts';
import { demandObject, type KibanaApi, objectOf } from './kibana-api.ts';
import { noSuchSpace, notKibana, unsupportedVersion } from './problems.ts';

/**
 * Asks before anything is changed whether this is a Kibana that can take our objects, and has the space: it would store
 * them in a space that does not exist, where nobody finds them.
 */
export async function demandKibana(api: KibanaApi, space: string | undefined, signal: AbortSignal): Promise<void> {
  const status = await demandObject(api, { method: 'GET', path: '/api/status' }, signal);
  if (!isJsonObject(status['status'])) throw new SetupError(notKibana());
  const version = memberOf(status['version'], 'number');
  // Whom it does not trust it does not tell its version; imports that are too new for it are refused all the same.
  if (typeof version === 'string' && !isSupported(version))
    throw new SetupError(unsupportedVersion(api.clean(version)));
  if (space !== undefined) await demandSpace(api, space, signal);
}

function isSupported(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major === 8 ? minor >= 19 : major === 9 ? minor >= 1 : major > 9;
}

async function demandSpace(api: KibanaApi, space: string, signal: AbortSignal): Promise<void> {
  const answer = await api.send({ method: 'GET', path: `/api/spaces/space/${encodeURIComponent(space)}` }, signal);
  if (answer.kind === 'answer') return void objectOf(answer.text);
  const { status, problem } = answer.failure;
  throw new SetupError(status === 404 || status === 403 ? noSuchSpace(space) : problem);
}
