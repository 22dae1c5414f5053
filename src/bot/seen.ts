/** How many message ids are remembered; a platform repeats an event within seconds, if at all. */
const remembered = 10_000;

/** Which messages were taken by this process. */
export type Seen = {
  /** Whether a message id comes for the first time. */
  isNew(id: string): boolean;
  /** Lets a message be taken again: nothing about it reached anybody. */
  forget(id: string): void;
};

export function createSeen(): Seen {
  const ids = new Set<string>();
  return {
    isNew(id) {
      if (ids.has(id)) return false;
      ids.add(id);
      if (ids.size > remembered) ids.delete(ids.values().next().value!);
      return true;
    },
    forget: (id) => void ids.delete(id),
  };
}
