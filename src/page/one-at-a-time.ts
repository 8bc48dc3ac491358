/**
 * Runs of a task that never overlap. Who asks while one is under way gets the next one, together with all others who
 * asked meanwhile: its answer is newer than their asking.
 */
export function oneAtATime<T>(task: () => Promise<T>): () => Promise<T> {
  let current: Promise<T> | undefined;
  let next: Promise<T> | undefined;

  function start(): Promise<T> {
    next = undefined;
    const run = task().finally(() => {
      if (current === run) current = undefined;
    });
    current = run;
    return run;
  }

  return () => {
    if (current === undefined) return start();
    next ??= current.then(start, start);
    return next;
  };
}
