import type { Recollection } from "./recall.ts";

/** Whether somebody taught that the right answer to this prompt is not to know. */
export const isTaughtUnknown = ({ tier, answer, hints, exampleIds }: Recollection): boolean =>
  answer === null &&
  (tier === "exact" ||
    hints.some(
      (hint) =>
        hint.label === "positive" && hint.answer === null && exampleIds.includes(hint.exampleId),
    ));
