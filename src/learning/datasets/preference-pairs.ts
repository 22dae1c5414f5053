import { promptKey } from "../../storage/prompt-key.ts";
import type { DatasetRow } from "./dataset.ts";

/** For the same prompt, what to answer and what not to answer. */
export type PreferencePair<Row> = { readonly chosen: Row; readonly rejected: Row };

/**
 * Each answer with each answer not to be given to the same prompt: what corrections and rejected
 * answers in files leave behind. Both rows must be there, so that a pair ends with either of them.
 */
export function* preferencePairs<Row extends Pick<DatasetRow, "prompt" | "answer" | "label">>(
  rows: Iterable<Row>,
  keyOf: (row: Row) => string = (row) => promptKey(row.prompt),
): Generator<PreferencePair<Row>> {
  const byPrompt = Map.groupBy(rows, keyOf);
  for (const alike of byPrompt.values()) {
    for (const chosen of alike) {
      if (chosen.label === "negative" || chosen.answer === null) continue;
      for (const rejected of alike) {
        if (rejected.label === "negative" && rejected.answer !== chosen.answer) {
          yield { chosen, rejected };
        }
      }
    }
  }
}
