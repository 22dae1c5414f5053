import { ApprenticeError } from "../../core/errors.ts";
import type { LanguageModel } from "../../models/model.ts";

/**
 * A model on a server that may forget it: when the server does not know it any more, it is loaded and
 * asked once more. Throws what loading throws, too.
 */
export function loadedAgain(model: LanguageModel, load: () => Promise<unknown>): LanguageModel {
  let loading: Promise<unknown> | undefined;
  const loadOnce = async (): Promise<void> => {
    loading ??= load().finally(() => {
      loading = undefined;
    });
    await loading;
  };
  return {
    ...model,
    async *answer(request, signal) {
      try {
        return yield* model.answer(request, signal);
      } catch (error) {
        // It was refused as a whole, so nothing was said yet that would be said twice.
        if (!isUnknownModel(error)) throw error;
      }
      await loadOnce();
      yield* model.answer(request, signal);
    },
  };
}

const isUnknownModel = (error: unknown): boolean =>
  error instanceof ApprenticeError &&
  error.code === "model-refused" &&
  error.values["status"] === 404;
