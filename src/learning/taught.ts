import type { Example, ExampleSource } from "../core/example.ts";
import type { Mismatch } from "../storage/mismatches.ts";
import type { Taught } from "./recall/recall.ts";

const isJudged = (source: ExampleSource): boolean => source === "corrected" || source === "rated";

/** What the learner needs of an example. Its class is the answer, whatever that says by now. */
export const asTaught = (
  example: Pick<
    Example,
    "id" | "prompt" | "answer" | "label" | "source" | "answerId" | "reach" | "isCorrected"
  >,
): Taught =>
  example.label === "negative"
    ? {
        id: example.id,
        prompt: example.prompt,
        answer: example.answer,
        label: "negative",
        // That an answer was wrong for one question says nothing about others.
        ...(isJudged(example.source) && { reach: "exact" }),
        corrects: false,
      }
    : {
        id: example.id,
        prompt: example.prompt,
        answer: example.answer,
        answerId: example.answer === null ? null : example.answerId,
        label: "positive",
        ...(example.reach === "exact" && { reach: "exact" }),
        corrects: example.isCorrected && example.reach === "general",
      };

/** What the learner needs of a mismatch: an answer that is not to be given. */
export const mismatchAsTaught = ({ id, prompt, answer, answerId, scope }: Mismatch): Taught => ({
  id,
  prompt,
  answer,
  answerId,
  label: "negative",
  ...(scope === "exact" && { reach: "exact" }),
  corrects: false,
});
