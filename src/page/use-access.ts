import { useCallback, useState } from 'preact/hooks';
import type { Status } from '../server/api.ts';
import type { Answer } from './answer.ts';
import type { Api } from './api-client.ts';
import { forgetToken, keepToken, readToken } from './token.ts';

/** `open` until the server wants a token: most do not, they listen on this machine only. */
export type Access = 'open' | 'asked' | 'checking' | 'wrong';

export interface Accessed {
  readonly access: Access;
  /** The request that shows whether the server lets us in. */
  readonly loadStatus: () => Promise<Answer<Status>>;
  readonly giveToken: (token: string) => void;
}

export function useAccess(api: Api): Accessed {
  const [access, setAccess] = useState<Access>('open');

  const loadStatus = useCallback(async () => {
    const sent = readToken();
    const answer = await api.status();
    if (answer.kind === 'ok') setAccess('open');
    // An answer to an earlier token says nothing about the one given since.
    if (answer.kind === 'unauthorized' && sent === readToken()) {
      forgetToken();
      setAccess(sent === undefined ? 'asked' : 'wrong');
    }
    return answer;
  }, [api]);

  const giveToken = useCallback((token: string) => {
    keepToken(token);
    setAccess('checking');
  }, []);

  return { access, loadStatus, giveToken };
}
