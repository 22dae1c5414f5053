import { createLanes } from "../storage/lanes.ts";

/** Work that happens one after another within a room, and at once in different rooms. */
export type RoomQueues = {
  run<Result>(room: string, work: () => Promise<Result>): Promise<Result>;
  /** Resolves when nothing is left to do. */
  idle(): Promise<void>;
};

export function createRoomQueues(): RoomQueues {
  const inOrder = createLanes();
  const running = new Set<Promise<unknown>>();
  return {
    async run(room, work) {
      const result = inOrder(room, work);
      running.add(result);
      try {
        return await result;
      } finally {
        running.delete(result);
      }
    },
    async idle() {
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
}
