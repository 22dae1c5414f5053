import { leaveOut, type Found } from "./importer.ts";
import { isObject, textOf } from "./values.ts";

/** Whether a list holds questions and answers of Botpress. */
export const isBotpress = (list: readonly unknown[] | undefined): list is readonly unknown[] =>
  list !== undefined &&
  list.length > 0 &&
  list.every((each) => isObject(each) && isObject(each["data"]) && "questions" in each["data"]);

/** Botpress keeps questions and answers by language, or (in old versions) plain. */
export function* readBotpress(list: readonly unknown[]): Generator<Found> {
  for (const each of list.filter(isObject)) {
    const data = each["data"] as Record<string, unknown>;
    const intent = (textOf(each["id"]) ?? "").slice(0, 80);
    if (data["enabled"] === false) {
      yield leaveOut(1, "import.left-draft");
      continue;
    }
    const { questions } = data;
    const answers = data["answers"] ?? data["answer"];
    const languages = isObject(questions) ? Object.keys(questions) : [undefined];
    let isAnswered = false;
    for (const language of languages) {
      const wordings = textsIn(language === undefined ? questions : of(questions, language));
      const [answer] = textsIn(language === undefined ? answers : of(answers, language));
      if (wordings.length === 0 || answer === undefined) continue;
      isAnswered = true;
      const more = language === undefined ? {} : { language };
      yield { line: 1, ...(intent && { id: intent }), wordings, answer, ...more };
    }
    // It only leads to another part of the conversation.
    if (!isAnswered) yield leaveOut(1, "import.left-intent", { intent });
  }
}

const of = (value: unknown, name: string): unknown => (isObject(value) ? value[name] : value);

const textsIn = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).flatMap((each: unknown) =>
    typeof each === "string" && each.trim() !== "" ? [each] : [],
  );
