import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Answer } from './answer.ts';
import { oneAtATime } from './one-at-a-time.ts';

/** What the server tells, and tells anew every few seconds. */
export interface Polled<T> {
  /** The last good answer; it stays while later ones fail. */
  readonly value: T | undefined;
  /** Set while requests fail. */
  readonly trouble: Trouble | undefined;
  /** Asks now: the answer is from after the call. */
  readonly refresh: () => Promise<Answer<T>>;
}

export interface Trouble {
  readonly message: string;
  /** By the clock of the browser. */
  readonly sinceMs: number;
}

const EVERY_MS = 5_000;

/** Asks at once and, while `active`, five seconds after each answer. Another `load` is used at once, too. */
export function usePolled<T>(load: () => Promise<Answer<T>>, active: boolean): Polled<T> {
  const [value, setValue] = useState<T>();
  const [trouble, setTrouble] = useState<Trouble>();
  const latest = useRef(load);
  latest.current = load;
  const begun = useRef<typeof load>(null);

  const refresh = useMemo(
    () =>
      oneAtATime(async () => {
        const asked = latest.current;
        const answer = await asked();
        // Meanwhile something else is wanted: this would show for a moment under the wrong title.
        if (asked !== latest.current) return answer;
        if (answer.kind === 'ok') setValue(answer.value);
        setTrouble((before) => troubleAfter(answer, before));
        return answer;
      }),
    [],
  );

  useEffect(() => {
    if (!active && begun.current === load) return;
    begun.current = load;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let over = false;
    const turn = async () => {
      await refresh();
      if (active && !over) timer = setTimeout(() => void turn(), EVERY_MS);
    };
    void turn();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [active, load, refresh]);

  return { value, trouble, refresh };
}

function troubleAfter(answer: Answer<unknown>, before: Trouble | undefined): Trouble | undefined {
  if (answer.kind !== 'failed') return undefined;
  return { message: answer.message, sinceMs: before?.sinceMs ?? Date.now() };
}
