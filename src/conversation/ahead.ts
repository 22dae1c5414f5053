import { asApprenticeError } from "../core/errors.ts";
import { createPieces } from "../core/pieces.ts";
import type { LanguageModel, ModelRequest } from "../models/model.ts";

/** Answers that a language model has begun before anybody is sure that they are wanted. */
export type AheadAnswers = {
  /** Asks a model; `signal` ends it and forgets it. One for each message. */
  begin(messageId: string, asking: Asking, signal: AbortSignal): void;
  /**
   * The begun answer, from its first piece on and at the model's own pace, when it answers exactly
   * this; otherwise it is ended.
   */
  take(messageId: string, asking: Asking, signal?: AbortSignal): AsyncIterable<string> | undefined;
};

/** What is asked of whom. */
export type Asking = { readonly model: LanguageModel; readonly request: ModelRequest };

type Begun = {
  readonly asking: Asking;
  readonly pieces: AsyncIterable<string>;
  readonly ending: AbortController;
};

export function createAheadAnswers(): AheadAnswers {
  const all = new Map<string, Begun>();
  return {
    begin(messageId, asking, signal) {
      if (signal.aborted || all.has(messageId)) return;
      const ending = new AbortController();
      const pieces = begin(asking, ending.signal);
      all.set(messageId, { asking, pieces, ending });
      const end = (): void => {
        ending.abort(signal.reason);
        all.delete(messageId);
      };
      signal.addEventListener("abort", end, { once: true });
    },
    take(messageId, asking, signal) {
      const begun = all.get(messageId);
      if (!begun) return undefined;
      all.delete(messageId);
      const { ending } = begun;
      if (signal?.aborted || !isSame(begun.asking, asking)) {
        ending.abort();
        return undefined;
      }
      signal?.addEventListener("abort", () => ending.abort(signal.reason), { once: true });
      return begun.pieces;
    },
  };
}

/** What is taught, said or set meanwhile changes the request, so that the answer is asked for anew. */
const isSame = (first: Asking, second: Asking): boolean =>
  first.model.name === second.model.name &&
  JSON.stringify(first.request) === JSON.stringify(second.request);

/** Lets a model answer at once; the pieces wait for whoever reads them, and so does a failure. */
function begin({ model, request }: Asking, signal: AbortSignal): AsyncIterable<string> {
  const pieces = createPieces();
  const make = async (): Promise<void> => {
    for await (const piece of model.answer(request, signal)) pieces.piece(piece);
  };
  make().then(
    () => pieces.end(),
    (failure: unknown) => pieces.end(asApprenticeError(failure)),
  );
  return pieces;
}
