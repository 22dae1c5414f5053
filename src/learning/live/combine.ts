import type { Hint, Recollection } from "../recall/recall.ts";

const mostHints = 8;

/**
 * What a workspace with a live trained memory says to a prompt. The instant memory goes first where it
 * decides: a taught answer to this very prompt, or an answer resting on something that was taught
 * after the training (`holds`: what the training has seen). Otherwise the surer of the two speaks.
 */
export function combine(
  instant: Recollection,
  trained: Recollection,
  holds: (exampleId: string) => boolean,
): Recollection {
  const hints = mergedHints(instant.hints, trained.hints);
  const speaks = instantSpeaks(instant, trained, holds) ? instant : trained;
  return { ...speaks, hints };
}

function instantSpeaks(
  instant: Recollection,
  trained: Recollection,
  holds: (exampleId: string) => boolean,
): boolean {
  if (instant.tier === "exact") return true;
  const decides = instant.answer !== null || instant.isTaughtUnknown;
  if (decides && instant.exampleIds.some((id) => !holds(id))) return true;
  if (trained.tier === "exact" || trained.isTaughtUnknown) return false;
  if (trained.answer === null) return instant.answer !== null || instant.score >= trained.score;
  return instant.answer !== null && instant.score >= trained.score;
}

/** The closest of both, each example once. */
function mergedHints(first: readonly Hint[], second: readonly Hint[]): readonly Hint[] {
  const byId = new Map([...second, ...first].map((hint) => [hint.exampleId, hint]));
  return [...byId.values()]
    .toSorted((one, other) => other.similarity - one.similarity)
    .slice(0, mostHints);
}
