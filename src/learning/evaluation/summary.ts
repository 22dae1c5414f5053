import type { Evaluation } from "./evaluate.ts";
import type { ItemResult } from "./test-item.ts";

/** What is told of a test: all but its single rows, of which only the first are kept. */
export type TestSummary = Omit<Evaluation, "results"> & {
  /** The first predictions. */
  readonly predicted: readonly (string | null)[];
  /** The first rows that went wrong. */
  readonly wrong: readonly WrongRow[];
};

export type WrongRow = {
  readonly prompt: string;
  readonly expected: string | null;
  readonly predicted: string | null;
};

const predictedShown = 10;
const wrongShown = 5;

export function summaryOf({ results, ...evaluation }: Evaluation): TestSummary {
  const wrong = results.filter(({ right }) => right === false).slice(0, wrongShown);
  return {
    ...evaluation,
    predicted: results.slice(0, predictedShown).map(({ prediction }) => prediction.answer),
    wrong: wrong.map(({ prompt, expected = null, prediction }) => ({
      prompt,
      expected,
      predicted: prediction.answer,
    })),
  };
}

/** What was predicted for each row, as JSON Lines. */
export const resultLines = (rows: readonly ItemResult[]): Uint8Array =>
  new TextEncoder().encode(rows.map((row) => `${JSON.stringify(asLine(row))}\n`).join(""));

const asLine = ({ prompt, expected, label, prediction, right }: ItemResult) => ({
  prompt,
  expected,
  ...(label === "negative" && { label }),
  predicted: prediction.answer,
  right,
  score: prediction.score,
  tier: prediction.tier,
  exampleIds: prediction.exampleIds,
});
