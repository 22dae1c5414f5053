/** How many message ids are remembered; a platform repeats an event within seconds, if at all. */
const remembered = 10_000;

/** Tells whether a message id comes for the first time. */
export function createSeen(): { isNew(id: string): boolean } {
  const ids = new Set<string>();
  return {
    isNew(id) {
      if (ids.has(id)) return false;
      ids.add(id);
      if (ids.size > remembered) ids.delete(ids.values().next().value!);
      return true;
    },
  };
}
