import { useRef } from 'preact/hooks';
import { formatClock } from './format.ts';
import type { Trouble } from './use-polled.ts';

export interface BannersProps {
  readonly trouble: Trouble | undefined;
  /** The server's. */
  readonly version: string | undefined;
}

/** What is the matter with the page itself: the server is gone, or another one than the page came from. */
export function Banners({ trouble, version }: BannersProps) {
  const first = useRef(version);
  first.current ??= version;
  const changed = version !== undefined && version !== first.current;
  return (
    <div class="result" role="status">
      {trouble !== undefined && (
        <div class="note attention banner">
          <p class="message">{trouble.message}</p>
          <p>
            Since {formatClock(trouble.sinceMs, Date.now())}; the page asks again every few seconds.
            {version !== undefined && ' What it shows is from before.'}
          </p>
        </div>
      )}
      {changed && (
        <div class="note banner">
          <p>The server is now version {version}. Reload the page, so that it fits.</p>
          <button type="button" onClick={() => location.reload()}>
            Reload
          </button>
        </div>
      )}
    </div>
  );
}
