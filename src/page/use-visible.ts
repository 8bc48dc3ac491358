import { useEffect, useState } from 'preact/hooks';

/** Whether somebody can see the page: not in a tab behind. */
export function useVisible(): boolean {
  const [visible, setVisible] = useState(isVisible);
  useEffect(() => {
    const follow = () => setVisible(isVisible());
    document.addEventListener('visibilitychange', follow);
    return () => document.removeEventListener('visibilitychange', follow);
  }, []);
  return visible;
}

function isVisible(): boolean {
  return document.visibilityState === 'visible';
}
