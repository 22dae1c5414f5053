/**
 * The items until `signal` is aborted. Whoever makes them is told to stop then, and not waited for: one
 * that has nothing to give must not hold up the end of a session.
 */
export async function* untilAborted<Item>(
  items: AsyncIterable<Item>,
  signal: AbortSignal,
): AsyncGenerator<Item, void> {
  const iterator = items[Symbol.asyncIterator]();
  const { promise: aborted, resolve } = Promise.withResolvers<undefined>();
  const end = (): void => resolve(undefined);
  signal.addEventListener("abort", end, { once: true });
  let isOver = false;
  try {
    while (!signal.aborted) {
      const next = iterator.next();
      const step = await Promise.race([next, aborted]);
      if (step === undefined) next.catch(() => {});
      isOver = step?.done === true;
      if (!step || step.done) return;
      yield step.value;
    }
  } catch (thrown) {
    isOver = true;
    throw thrown;
  } finally {
    signal.removeEventListener("abort", end);
    if (!isOver) iterator.return?.().catch(() => {});
  }
}
