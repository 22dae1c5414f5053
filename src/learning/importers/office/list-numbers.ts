/** Counts the items of numbered lists; a list goes on after what stands between its items. */
export function createNumbers() {
  const counts = new Map<string, number[]>();
  return {
    /** The number of the next item of a list at a depth; deeper ones begin anew below it. */
    next(list: string, depth: number): number {
      const own = counts.get(list) ?? [];
      counts.set(list, own);
      own.length = Math.min(own.length, depth + 1);
      while (own.length < depth + 1) own.push(0);
      const number = (own[depth] ?? 0) + 1;
      own[depth] = number;
      return number;
    },
  };
}
