import { useState } from 'preact/hooks';

export interface TokenFormProps {
  readonly state: 'asked' | 'checking' | 'wrong';
  readonly onToken: (token: string) => void;
}

/** The token is sent by script and never put into the page or its address. */
export function TokenForm({ state, onToken }: TokenFormProps) {
  const [token, setToken] = useState('');
  return (
    <form
      class="card token"
      onSubmit={(event) => {
        event.preventDefault();
        const given = token.trim();
        if (given === '' || state === 'checking') return;
        setToken('');
        onToken(given);
      }}
    >
      <h2>Token</h2>
      <p>
        The server asks for its token: the one in the file of <code>server.token_file</code> or{' '}
        <code>SHIPPER_SERVER_TOKEN_FILE</code>; with Docker compose <code>secrets/shipper_server_token</code>. This page
        forgets it when its tab is closed.
      </p>
      <label for="token">Token</label>
      <input
        id="token"
        type="password"
        autocomplete="current-password"
        required
        value={token}
        aria-invalid={state === 'wrong'}
        aria-describedby="token-result"
        onInput={({ currentTarget }) => setToken(currentTarget.value)}
      />
      <div class="actions">
        <button type="submit" aria-disabled={state === 'checking'}>
          {state === 'checking' ? 'Checking…' : 'Continue'}
        </button>
      </div>
      <div id="token-result" class="result" role="status">
        {state === 'wrong' && <p class="note attention">This is not the token of the server.</p>}
      </div>
    </form>
  );
}
