import type { SpokenPieces } from "../../../core/voice-rooms.ts";

/** Pieces of text for somebody who takes them as they come. */
export type Pieces = SpokenPieces & AsyncIterable<string>;

export function createPieces(): Pieces {
  const waiting: string[] = [];
  let isOver = false;
  let wake = (): void => {};
  return {
    piece(text) {
      waiting.push(text);
      wake();
    },
    end() {
      isOver = true;
      wake();
    },
    async *[Symbol.asyncIterator]() {
      while (true) {
        yield* waiting.splice(0);
        if (waiting.length > 0) continue;
        if (isOver) return;
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
}
