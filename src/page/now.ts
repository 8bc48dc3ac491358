import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

/** What time it is by the server's clock: that of the browser may be wrong. */
export const Now = createContext(Date.now());

export function useNow(): number {
  return useContext(Now);
}
