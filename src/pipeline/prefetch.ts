/**
 * Asks for up to `ahead` items while the current one is worked on; order and errors stay as they are.
 * Memory is bounded by `ahead`. Whoever stops early aborts what the generator waits for. `onAhead` is told how many
 * are asked for, each time one is handed out.
 */
export async function* prefetch<T>(
  items: AsyncGenerator<T>,
  ahead: number,
  onAhead: (asked: number) => void = () => {},
): AsyncGenerator<T> {
  const asked: Promise<IteratorResult<T>>[] = [];
  const ask = () => {
    const item = items.next();
    // It is looked at when its turn comes; until then its failure is nobody's unhandled rejection.
    item.catch(() => {});
    asked.push(item);
  };

  ask();
  for (let item = asked.shift(); item !== undefined; item = asked.shift()) {
    const { done, value } = await item;
    if (done === true) return;
    while (asked.length < ahead) ask();
    onAhead(asked.length);
    yield value;
    if (asked.length === 0) ask();
  }
}
