import { leaveOut, type Found } from "./importer.ts";
import { isObject, textOf } from "./values.ts";

/** Names under which tasks keep what was asked, the most telling first. */
const asked = ["question", "prompt", "text", "utterance", "query", "input"] as const;

/** What the short form says about a task beside its text and its label. */
const facts = new Set(
  "id annotator annotation_id created_at updated_at lead_time agreement".split(" "),
);

/** Whether a list is the short form of an export: one object for each annotation. */
export const isLabelStudioMin = (value: unknown): value is readonly unknown[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((task) => isObject(task) && "annotation_id" in task && "annotator" in task);

/** The short form: beside the text stands one label, under the name that the project gave it. */
export function* readLabelStudioMin(tasks: readonly unknown[]): Generator<Found> {
  for (const [place, task] of tasks.filter(isObject).entries()) {
    const line = place + 1;
    const name = asked.find((each) => typeof task[each] === "string");
    const said = Object.entries(task).filter(
      ([key, value]) => key !== name && !facts.has(key) && typeof value === "string",
    );
    const [first] = said;
    if (name === undefined || first === undefined || said.length > 1)
      yield leaveOut(line, "import.left-unlabelled");
    else yield { line, wordings: [String(task[name])], answer: String(first[1]) };
  }
}

/** Whether a list is an export of Label Studio: tasks with `data` and `annotations`. */
export const isLabelStudio = (value: unknown): value is readonly unknown[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every(
    (task) => isObject(task) && isObject(task["data"]) && Array.isArray(task["annotations"]),
  );

/** The tasks of Label Studio: what people wrote or chose is the answer, when all of them agree. */
export function* readLabelStudio(tasks: readonly unknown[]): Generator<Found> {
  for (const [place, task] of tasks.filter(isObject).entries()) {
    const line = place + 1;
    const data = task["data"] as Record<string, unknown>;
    const question = asked.map((name) => textOf(data[name])).find((text) => text !== undefined);
    const answers = new Set(
      (task["annotations"] as readonly unknown[])
        .filter(isObject)
        .filter((each) => each["was_cancelled"] !== true)
        .flatMap((each) => answerIn(each["result"])),
    );
    const [answer] = answers;
    if (question === undefined || answer === undefined)
      yield leaveOut(line, "import.left-unlabelled");
    else if (answers.size > 1) yield leaveOut(line, "import.left-disagreed");
    else yield { line, wordings: [question], answer };
  }
}

/** What was written, else what was chosen. Marks inside the text are no answer. */
function answerIn(results: unknown): string[] {
  const values = (Array.isArray(results) ? results : []).flatMap((each: unknown) =>
    isObject(each) && isObject(each["value"]) ? [each["value"]] : [],
  );
  const listOf = (name: string): string[] =>
    values.flatMap((value) => {
      const list = value[name];
      return (Array.isArray(list) ? list : typeof list === "string" ? [list] : []).flatMap(
        (text: unknown) => (typeof text === "string" && !("labels" in value) ? [text] : []),
      );
    });
  const written = listOf("text");
  const said = written.length > 0 ? written : listOf("choices");
  return said.length === 0 ? [] : [said.join("\n")];
}
