import { useEffect, useState } from 'preact/hooks';
import type { Status } from '../server/api.ts';
import type { Api } from './api-client.ts';
import { Banners } from './banners.tsx';
import { Now } from './now.ts';
import { PageHeader } from './page-header.tsx';
import { Sections } from './sections.tsx';
import { overallState } from './state-words.ts';
import { TokenForm } from './token-form.tsx';
import { useAccess } from './use-access.ts';
import { usePolled } from './use-polled.ts';
import { useServerClock } from './use-server-clock.ts';
import { useTheme } from './use-theme.ts';

export function App({ api }: { readonly api: Api }) {
  const [theme, setTheme] = useTheme();
  const [paused, setPaused] = useState(false);
  const { access, loadStatus, giveToken } = useAccess(api);
  // In a tab behind, too: its title tells how things stand.
  const polled = usePolled(loadStatus, access === 'checking' || (access === 'open' && !paused));
  const status = access === 'open' ? polled.value : undefined;
  const nowMs = useServerClock(polled.value);
  useTitle(status, polled.trouble !== undefined);

  return (
    <Now.Provider value={nowMs}>
      <PageHeader status={status} theme={theme} onTheme={setTheme} paused={paused} onPaused={setPaused} />
      <main>
        <Banners trouble={polled.trouble} version={status?.version} />
        {access !== 'open' && <TokenForm state={access} onToken={giveToken} />}
        {access === 'open' && status === undefined && polled.trouble === undefined && <p class="empty">Loading…</p>}
        {status !== undefined && (
          <Sections api={api} status={status} refresh={polled.refresh} theme={theme} paused={paused} />
        )}
      </main>
    </Now.Provider>
  );
}

function useTitle(status: Status | undefined, unreachable: boolean): void {
  const words = unreachable ? 'No answer' : status && overallState(status).words;
  useEffect(() => {
    document.title = words === undefined ? 'atlassian-shipper' : `${words} – atlassian-shipper`;
  }, [words]);
}
