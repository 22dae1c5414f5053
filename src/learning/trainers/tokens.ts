import type { ExportContent } from "../datasets/export-version.ts";

/** UTF-8 bytes per token: about right for English, and on the safe side for Russian. */
const bytesPerToken = 4;

/** How many tokens one pass over the training rows has, roughly; never too few by much. */
export function tokensOf({ lines }: Pick<ExportContent, "lines">): number {
  const bytes = lines.train.reduce((sum, { line }) => sum + Buffer.byteLength(line), 0);
  return Math.ceil(bytes / bytesPerToken);
}

/**
 * The epochs that OpenAI chooses when none are asked for: its cookbook's data preparation
 * (Chat_finetuning_data_prep.ipynb) aims at 3, at least 100 and at most 25,000 rows seen.
 */
export function usualEpochs(rows: number): number {
  const [wanted, least, most] = [3, 100, 25_000];
  if (rows * wanted < least) return Math.min(25, Math.max(1, Math.floor(least / rows)));
  if (rows * wanted > most) return Math.max(1, Math.floor(most / rows));
  return wanted;
}
