import { leaveOut, type Found } from "./importer.ts";

/** An intent of another tool: what people say, and what is answered. */
export type Intent = {
  readonly name: string;
  readonly phrases: readonly string[];
  /** One for each message that is sent; without any, the answer is made elsewhere. */
  readonly answers: readonly string[];
  readonly language?: string;
};

/** `$name`, `{slot}`, `@entity:name`: blanks that the other tool fills. */
const hasBlank = (text: string): boolean => /\$[\w.]|\{[\w. ]{1,60}\}|@[\w.]{1,60}:/.test(text);

/** An intent as a row; without an answer that stands there as it is said, left out by its name. */
export function intentRow({ name, phrases, answers, language }: Intent): Found {
  const wordings = phrases.map((phrase) => phrase.trim()).filter((phrase) => phrase !== "");
  const answer = answers.join("\n\n").trim();
  const intent = name.slice(0, 80);
  if (wordings.length === 0 || answer === "") return leaveOut(1, "import.left-intent", { intent });
  if (hasBlank(answer)) return leaveOut(1, "import.left-blank", { intent });
  return { line: 1, id: name, wordings, answer, ...(language && { language }) };
}
