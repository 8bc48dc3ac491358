import type {
  ApiError,
  CheckAnswer,
  CheckRequest,
  DeadLetters,
  Documents,
  FetchAnswer,
  FetchRequest,
  RetryAnswer,
  RetryRequest,
  Status,
} from '../server/api.ts';
import type { Answer } from './answer.ts';

/** The server, as the page asks it. */
export interface Api {
  status(): Promise<Answer<Status>>;
  documents(): Promise<Answer<Documents>>;
  /** Those after the number. */
  deadLetters(after: number): Promise<Answer<DeadLetters>>;
  retry(request: RetryRequest): Promise<Answer<RetryAnswer>>;
  check(request: CheckRequest): Promise<Answer<CheckAnswer>>;
  fetchNow(request: FetchRequest): Promise<Answer<FetchAnswer>>;
}

export interface ApiParts {
  readonly token: () => string | undefined;
  readonly request: (path: string, init: RequestInit) => Promise<Response>;
}

const TIMEOUT_MS = 10_000;
/** A check is a real operation at another server. */
const CHECK_TIMEOUT_MS = 60_000;

export function createApi({ token, request }: ApiParts): Api {
  async function ask<T>(path: string, init: RequestInit = {}, timeoutMs = TIMEOUT_MS): Promise<Answer<T>> {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), timeoutMs);
    try {
      const bearer = token();
      const headers = { ...init.headers, ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }) };
      const response = await request(path, { ...init, headers, cache: 'no-store', signal: abort.signal });
      if (response.status === 401) return { kind: 'unauthorized' };
      if (!response.ok) return { kind: 'failed', message: await readError(response) };
      return await readValue<T>(response);
    } catch {
      // What the browser says of it differs and helps nobody.
      return { kind: 'failed', message: abort.signal.aborted ? noAnswerIn(timeoutMs) : "The server can't be reached." };
    } finally {
      clearTimeout(timer);
    }
  }

  function post<T>(path: string, body: object, timeoutMs?: number): Promise<Answer<T>> {
    const headers = { 'content-type': 'application/json' };
    return ask<T>(path, { method: 'POST', headers, body: JSON.stringify(body) }, timeoutMs);
  }

  return {
    status: () => ask('api/status'),
    documents: () => ask('api/documents'),
    deadLetters: (after) => ask(`api/dead-letters?after=${after}`),
    retry: (body) => post('api/dead-letters/retries', body),
    check: (body) => post('api/checks', body, CHECK_TIMEOUT_MS),
    fetchNow: (body) => post('api/fetches', body),
  };
}

/** A proxy in front of the server may answer with its login page. */
async function readValue<T>(response: Response): Promise<Answer<T>> {
  const text = await response.text();
  try {
    const value: T = JSON.parse(text);
    return { kind: 'ok', value };
  } catch {
    return { kind: 'failed', message: 'The answer is not from the shipper: it is not JSON. Reload the page.' };
  }
}

async function readError(response: Response): Promise<string> {
  const text = await response.text();
  try {
    const { message }: Partial<ApiError> = JSON.parse(text);
    if (typeof message === 'string' && message !== '') return message;
  } catch {
    // The status says enough.
  }
  return `The server answered with status ${response.status}.`;
}

function noAnswerIn(timeoutMs: number): string {
  return `The server did not answer within ${timeoutMs / 1_000} seconds.`;
}
