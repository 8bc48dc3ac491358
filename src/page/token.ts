import { storedIn } from './stored.ts';

/** The token lives as long as the tab. In memory too, for a browser that stores nothing. */
const stored = storedIn(() => sessionStorage, 'shipper-token');
let token = stored.get();

export function readToken(): string | undefined {
  return token;
}

export function keepToken(value: string): void {
  token = value;
  stored.set(value);
}

export function forgetToken(): void {
  token = undefined;
  stored.remove();
}
