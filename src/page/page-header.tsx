import type { Status } from '../server/api.ts';
import { Moment } from './moment.tsx';
import { Sign } from './sign.tsx';
import { openMatters, overallState } from './state-words.ts';
import type { Theme } from './use-theme.ts';

export interface PageHeaderProps {
  readonly status: Status | undefined;
  readonly theme: Theme;
  readonly onTheme: (theme: Theme) => void;
  readonly paused: boolean;
  readonly onPaused: (paused: boolean) => void;
}

export function PageHeader({ status, theme, onTheme, paused, onPaused }: PageHeaderProps) {
  return (
    <header class="page-header">
      <div class="title">
        <h1>atlassian-shipper</h1>
        {status !== undefined && <span class="quiet">{status.version}</span>}
      </div>
      <div class="tools">
        {status !== undefined && (
          <button type="button" onClick={() => onPaused(!paused)}>
            {paused ? 'Resume updates' : 'Pause updates'}
          </button>
        )}
        <button type="button" onClick={() => onTheme(theme === 'dark' ? 'light' : 'dark')}>
          {theme === 'dark' ? 'Light theme' : 'Dark theme'}
        </button>
      </div>
      {status !== undefined && <Standing status={status} paused={paused} />}
    </header>
  );
}

function Standing({ status, paused }: { readonly status: Status; readonly paused: boolean }) {
  const { tone, words } = overallState(status);
  const matters = openMatters(status);
  return (
    <div class="standing">
      <p class={`overall state ${tone}`} role="status">
        <Sign tone={tone} />
        <span>{words}</span>
        {matters.map((matter) => (
          <a key={matter.section} href={`#${matter.section}`}>
            {matter.words}
          </a>
        ))}
      </p>
      <p class="quiet">
        Up since <Moment at={status.startedAtMs} as="clock" /> (<Moment at={status.startedAtMs} as="ago" />
        ). Last update <Moment at={status.nowMs} as="clock" />
        {paused ? ', updates are paused.' : '.'}
      </p>
    </div>
  );
}
