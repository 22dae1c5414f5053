import { gradeAll } from "../evaluation/grade.ts";
import { normalised } from "../evaluation/graders/words.ts";
import { predictAll, type Predictor } from "../evaluation/predict.ts";
import type { TestItem } from "../evaluation/test-item.ts";
import type { SuiteEvidence } from "./evidence.ts";

/** The candidate, and what answers now. */
export type Both = { readonly candidate: Predictor; readonly baseline: Predictor };

const examplesKept = 20;

/**
 * Asks both the same and counts. A question that one of them could not be asked counts as wrong.
 * Throws what asking throws.
 */
export async function askBoth(
  { candidate, baseline }: Both,
  items: readonly TestItem[],
  signal?: AbortSignal,
): Promise<SuiteEvidence> {
  const prompts = items.map(({ prompt }) => prompt);
  const options = signal ? { signal } : {};
  const judge = async (predictor: Predictor) =>
    gradeAll(items, await predictAll(predictor, prompts, options), normalised, signal);
  const now = await judge(baseline);
  const then = await judge(candidate);
  const isLost = (place: number) => now[place]!.right === true && then[place]!.right !== true;
  const lost = items.flatMap(({ prompt, expected = null }, place) =>
    isLost(place) ? [{ prompt, expected, answered: then[place]!.prediction.answer }] : [],
  );
  const wrong = items.flatMap(({ prompt, expected = null }, place) =>
    then[place]!.right === true
      ? []
      : [{ prompt, expected, answered: then[place]!.prediction.answer }],
  );
  return {
    asked: items.length,
    right: items.length - wrong.length,
    baselineRight: now.filter(({ right }) => right === true).length,
    lost: lost.length,
    examples: (lost.length > 0 ? lost : wrong).slice(0, examplesKept),
  };
}
