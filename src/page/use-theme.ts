import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { storedIn } from './stored.ts';

export type Theme = 'light' | 'dark';

const stored = storedIn(() => localStorage, 'shipper-theme');
const dark = matchMedia('(prefers-color-scheme: dark)');

/** The theme of the system until a person chooses one here. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const [chosen, setChosen] = useState(() => themeOf(stored.get()));
  const [system, setSystem] = useState(systemTheme);

  useEffect(() => {
    const follow = () => setSystem(systemTheme());
    dark.addEventListener('change', follow);
    return () => dark.removeEventListener('change', follow);
  }, []);

  const theme = chosen ?? system;
  // Before children read colours for what they draw.
  if (chosen !== undefined) document.documentElement.dataset['theme'] = theme;
  useLayoutEffect(() => {
    if (chosen !== undefined) stored.set(chosen);
  }, [chosen]);
  return [theme, setChosen];
}

function systemTheme(): Theme {
  return dark.matches ? 'dark' : 'light';
}

function themeOf(text: string | undefined): Theme | undefined {
  return text === 'light' || text === 'dark' ? text : undefined;
}
