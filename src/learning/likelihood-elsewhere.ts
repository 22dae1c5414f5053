import type { Turn } from "../core/turn.ts";
import { stemmedWords } from "../storage/words.ts";
import type { TeachingOptions } from "./act.ts";

/** Fitted on simulated corrections without an encoder (logistic regression). */
const weights = { bias: -5.96, score: 5.33, cosine: 3.16, overlap: 5.74 } as const;

/**
 * How likely the right answer to a question is also the right one for what it was taken for, 0..1. It
 * decides nothing: it says which button is offered first.
 */
export async function likelihoodElsewhere(
  { memories }: Pick<TeachingOptions, "memories">,
  turn: Turn,
  better: string,
  old: string,
): Promise<number> {
  const recall = await memories.of(turn.workspace);
  const { hints } = recall.recollect(turn.prompt);
  const cosine = hints.find(({ answer, label }) => label === "positive" && answer === old);
  const sum =
    weights.bias +
    weights.score * turn.score +
    weights.cosine * (cosine?.similarity ?? 0) +
    weights.overlap * overlapOf(better, old);
  return 1 / (1 + Math.exp(-sum));
}

/** The share of words that two texts have in common (Jaccard). */
export function overlapOf(one: string, other: string): number {
  const first = new Set(stemmedWords(one));
  const second = new Set(stemmedWords(other));
  const common = [...first].filter((word) => second.has(word)).length;
  const all = first.size + second.size - common;
  return all === 0 ? 0 : common / all;
}
