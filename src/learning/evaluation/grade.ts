import type { Grader } from "./graders/grader.ts";
import { createPace } from "./pace.ts";
import type { Predicted } from "./predict.ts";
import type { ItemResult, TestItem } from "./test-item.ts";

/** Judges every prediction that has something to be judged by. */
export async function gradeAll(
  items: readonly TestItem[],
  predictions: readonly (Predicted | null)[],
  grader: Grader,
  signal?: AbortSignal,
): Promise<readonly ItemResult[]> {
  const results: ItemResult[] = [];
  const pace = createPace(signal);
  for (const [place, item] of items.entries()) {
    const predicted = predictions[place];
    results.push(predicted ? await graded(item, predicted, grader, signal) : failed(item));
    if (pace.due()) await pace.rest();
  }
  return results;
}

async function graded(
  item: TestItem,
  { prediction, latency }: Predicted,
  grader: Grader,
  signal: AbortSignal | undefined,
): Promise<ItemResult> {
  const { answer, guess, score } = prediction;
  const judge = (given: string | null) => isRight(item, given, grader, signal);
  const verdict = judge(answer);
  const right = verdict instanceof Promise ? await verdict : verdict;
  let guessRight: boolean | null = null;
  // A claim to be right says nothing about a single answer that would be wrong.
  if (score !== null && item.label === "positive") {
    const second = guess === answer ? right : item.expected === null ? false : judge(guess);
    guessRight = second instanceof Promise ? await second : second;
  }
  return { ...item, prediction, latency, right, guessRight };
}

/** Whether an answer is right for an item; without an answer, whether saying so is. */
function isRight(
  { prompt, expected, label }: TestItem,
  answer: string | null,
  grader: Grader,
  signal: AbortSignal | undefined,
): boolean | null | Promise<boolean | null> {
  if (expected === undefined) return null;
  if (expected === null) return answer === null;
  const wanted = label === "positive";
  if (answer === null) return !wanted;
  const found = grader({ prompt, expected, answer }, signal);
  if (found instanceof Promise)
    return found.then((same) => (same === null ? null : same === wanted));
  return found === null ? null : found === wanted;
}

const failed = (item: TestItem): ItemResult => ({
  ...item,
  prediction: { answer: null, guess: null, score: null, tier: "none", exampleIds: [] },
  latency: null,
  right: null,
  guessRight: null,
});
