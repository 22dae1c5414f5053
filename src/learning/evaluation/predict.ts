import { elapsed } from "../../core/clock.ts";
import { asApprenticeError } from "../../core/errors.ts";
import type { Recall } from "../recall/recall.ts";
import { createPace } from "./pace.ts";
import type { Prediction } from "./test-item.ts";

/** What is tested. */
export type Predictor = {
  predict(prompt: string, signal?: AbortSignal): Prediction | Promise<Prediction>;
  /** Reads what comes next in one go. */
  prepare?(prompts: readonly string[], signal?: AbortSignal): Promise<void>;
  /** How many prompts it works on at the same time, when it has to wait for something. */
  readonly parallel: number;
  /** How many requests went to a language model so far; absent: none ever do. */
  requests?(): number;
};

/** What a test is run against, and how it is called once all predictions are made. */
export type Subject = { readonly predictor: Predictor; name(): Promise<string> };

/** Recall alone. `always`: it gives its best guess even when unsure. */
export const recallPredictor = (
  recall: Pick<Recall, "recollect"> & Pick<Predictor, "prepare">,
  always: boolean,
): Predictor => ({
  ...(recall.prepare && { prepare: recall.prepare }),
  parallel: 1,
  predict(prompt) {
    const { tier, answer, guess, score, exampleIds } = recall.recollect(prompt, { hints: false });
    return { tier, answer: always ? guess : answer, guess, score, exampleIds };
  },
});

/** So many prompts are read together. */
const readAtOnce = 64;

/** A prediction and how many milliseconds it took. */
export type Predicted = { readonly prediction: Prediction; readonly latency: number };

/** Failures in a row after which there is no use in going on. */
const mostFailures = 3;

/**
 * What becomes of each prompt, in order; `null` where predicting failed. Nothing of it is stored.
 * Throws `cancelled`, and the failure itself when no prompt or several in a row have worked.
 */
export async function predictAll(
  predictor: Predictor,
  prompts: readonly string[],
  options: { readonly signal?: AbortSignal; readonly progress?: (done: number) => void },
): Promise<readonly (Predicted | null)[]> {
  const { signal, progress } = options;
  const results: (Predicted | null)[] = Array.from({ length: prompts.length }, () => null);
  let next = 0;
  let failures = 0;
  const pace = createPace(signal);
  const work = async (): Promise<void> => {
    while (next < prompts.length) {
      const place = next++;
      if (place % readAtOnce === 0)
        await predictor.prepare?.(prompts.slice(place, place + readAtOnce), signal);
      const begun = elapsed();
      try {
        const found = predictor.predict(prompts[place]!, signal);
        const prediction = found instanceof Promise ? await found : found;
        results[place] = { prediction, latency: elapsed() - begun };
        failures = 0;
      } catch (thrown) {
        failures += 1;
        const error = asApprenticeError(thrown);
        if (error.code === "cancelled" || failures >= Math.min(mostFailures, prompts.length)) {
          next = prompts.length;
          throw error;
        }
      }
      if (!pace.due()) continue;
      progress?.(place + 1);
      await pace.rest();
    }
  };
  await Promise.all(Array.from({ length: predictor.parallel }, work));
  return results;
}
