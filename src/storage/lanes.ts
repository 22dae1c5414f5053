/** Runs work of the same lane one after another, in the order it was asked for. */
export type Lanes = <Result>(lane: string, work: () => Promise<Result>) => Promise<Result>;

/** New lanes, all empty. A failure goes to its caller and does not stop what waits behind it. */
export function createLanes(): Lanes {
  const ends = new Map<string, Promise<unknown>>();
  return (lane, work) => {
    const before = ends.get(lane) ?? Promise.resolve();
    const result = before.then(work, work);
    const end = result
      .catch(() => {})
      .finally(() => {
        if (ends.get(lane) === end) ends.delete(lane);
      });
    ends.set(lane, end);
    return result;
  };
}
