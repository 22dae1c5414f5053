import type { Example, ExampleSource } from "../core/example.ts";
import type { Taught } from "./recall/recall.ts";

const isJudged = (source: ExampleSource): boolean => source === "corrected" || source === "rated";

/** What the learner needs of an example. */
export const asTaught = (
  example: Pick<Example, "id" | "prompt" | "answer" | "label" | "source">,
): Taught => ({
  id: example.id,
  prompt: example.prompt,
  answer: example.answer,
  label: example.label,
  // That an answer was wrong for one question says nothing about others.
  ...(example.label === "negative" && isJudged(example.source) && { reach: "exact" }),
  corrects: example.source === "corrected" && example.label === "positive",
});
