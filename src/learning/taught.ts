import type { Example } from "../core/example.ts";
import type { Taught } from "./recall/recall.ts";

/** What the learner needs of an example. */
export const asTaught = (
  example: Pick<Example, "id" | "prompt" | "answer" | "label" | "source">,
): Taught => ({
  id: example.id,
  prompt: example.prompt,
  answer: example.answer,
  label: example.label,
  corrects: example.source === "corrected" && example.label === "positive",
});
