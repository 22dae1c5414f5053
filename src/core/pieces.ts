/** Pieces of text that wait for whoever reads them: each is read once, in order, as it comes. */
export type Pieces = AsyncIterable<string> & {
  piece(text: string): void;
  /** No more come; with a failure, whoever has read all of them meets it. */
  end(failure?: Error): void;
};

export function createPieces(): Pieces {
  const waiting: string[] = [];
  let over: { readonly failure: Error | undefined } | undefined;
  let wake = (): void => {};
  return {
    piece(text) {
      waiting.push(text);
      wake();
    },
    end(failure) {
      over ??= { failure };
      wake();
    },
    async *[Symbol.asyncIterator]() {
      while (true) {
        yield* waiting.splice(0);
        if (waiting.length > 0) continue;
        if (over?.failure) throw over.failure;
        if (over) return;
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
}
