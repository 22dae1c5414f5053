import { builtInEncoder } from "../src/encoders/built-in/built-in-encoder.ts";
import { createRecall } from "../src/learning/recall/embedded-recall.ts";
import type { Recall, Taught } from "../src/learning/recall/recall.ts";

/** A row of a data set; `answer: null` means that it should say it does not know. */
export type Row = { readonly prompt: string; readonly answer: string | null };

const asTaught = (rows: readonly Row[], prefix: string): Taught[] =>
  rows.map(({ prompt, answer }, at) => ({
    id: `${prefix}${at}`,
    prompt,
    answer,
    label: "positive",
    corrects: false,
  }));

/** A memory trained on these rows. */
export async function trained(rows: readonly Row[], seed: number): Promise<Recall> {
  const recall = createRecall({ seed, encoder: builtInEncoder() });
  recall.apply({ add: asTaught(rows, "e"), remove: [] });
  await recall.refit();
  return recall;
}
