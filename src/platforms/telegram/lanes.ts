/** Work that happens one after another for a key, and at once for different ones. */
export type Lanes = { run<Result>(key: number, work: () => Promise<Result>): Promise<Result> };

export function createLanes(): Lanes {
  const ends = new Map<number, Promise<unknown>>();
  return {
    run(key, work) {
      const before = ends.get(key) ?? Promise.resolve();
      const result = before.then(work);
      const end = result.then(
        () => {},
        () => {},
      );
      ends.set(key, end);
      void end.then(() => {
        if (ends.get(key) === end) ends.delete(key);
      });
      return result;
    },
  };
}
