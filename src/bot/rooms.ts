import PQueue from "p-queue";

/** Work that happens one after another within a room, and at once in different rooms. */
export type RoomQueues = {
  run<Result>(room: string, work: () => Promise<Result>): Promise<Result>;
  /** Resolves when nothing is left to do. */
  idle(): Promise<void>;
};

export function createRoomQueues(): RoomQueues {
  const queues = new Map<string, PQueue>();
  return {
    async run(room, work) {
      const queue = queues.get(room) ?? new PQueue({ concurrency: 1 });
      queues.set(room, queue);
      try {
        return await queue.add(work);
      } finally {
        if (queue.size === 0 && queue.pending === 0) queues.delete(room);
      }
    },
    async idle() {
      await Promise.all([...queues.values()].map((queue) => queue.onIdle()));
    },
  };
}
