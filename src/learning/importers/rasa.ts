import { problem, type Found } from "./importer.ts";
import { intentRow } from "./intents.ts";
import { isObject } from "./values.ts";

/** Whether a value is a file of a Rasa project: examples, responses, rules or stories. */
export const isRasa = (value: unknown): value is Record<string, unknown> =>
  isObject(value) &&
  (Array.isArray(value["nlu"]) ||
    isObject(value["responses"]) ||
    (value["version"] !== undefined &&
      (Array.isArray(value["rules"]) || Array.isArray(value["stories"]))));

/** Whether a value is `config.yml`, `endpoints.yml` or another file of a project that says nothing. */
export const isRasaSettings = (value: unknown): boolean =>
  isObject(value) &&
  ["pipeline", "policies", "recipe", "action_endpoint", "tracker_store", "rest", "rasa"].some(
    (name) => name in value,
  );

/** Several files of a Rasa project as one. */
export const joinedRasa = (files: readonly Record<string, unknown>[]): Record<string, unknown> => {
  const listsOf = (name: string): unknown[] =>
    files.flatMap((file) => (Array.isArray(file[name]) ? (file[name] as unknown[]) : []));
  const responses = files.map((file) => file["responses"]).filter(isObject);
  return {
    ...(listsOf("nlu").length > 0 && { nlu: listsOf("nlu") }),
    ...(responses.length > 0 && { responses: Object.assign({}, ...responses) as unknown }),
    rules: [...listsOf("rules"), ...listsOf("stories")],
  };
};

/**
 * Intents of a Rasa project with their responses: `faq/hours` is answered by `utter_faq/hours`, others by
 * the rule that has nothing but the intent and its answer, or by the response named after them.
 */
export function* readRasa(value: Record<string, unknown>): Generator<Found> {
  const { nlu, responses } = joinedRasa([value]);
  if (!Array.isArray(nlu) || !isObject(responses)) {
    yield problem(1, nlu === undefined ? "import.rasa-nlu" : "import.rasa-responses");
    return;
  }
  const ruled = answersOfRules(value);
  const phrases = new Map<string, string[]>();
  for (const each of nlu as unknown[]) {
    if (!isObject(each) || typeof each["intent"] !== "string") continue;
    const known = phrases.get(each["intent"]) ?? [];
    phrases.set(each["intent"], [...known, ...examplesIn(each["examples"])]);
  }
  for (const [name, examples] of phrases) {
    const response = responses[`utter_${name}`] ?? responses[ruled.get(name) ?? ""];
    const [first] = Array.isArray(response) ? (response as unknown[]) : [];
    const text = isObject(first) ? first["text"] : first;
    yield intentRow({ name, phrases: examples, answers: typeof text === "string" ? [text] : [] });
  }
}

/** Rules and stories of one intent and one response. */
function answersOfRules(value: Record<string, unknown>): Map<string, string> {
  const answers = new Map<string, string>();
  for (const rule of (joinedRasa([value])["rules"] as unknown[]).filter(isObject)) {
    const steps = Array.isArray(rule["steps"]) ? (rule["steps"] as unknown[]) : [];
    const [asked, answered] = steps.filter(isObject);
    if (steps.length !== 2 || !asked || !answered) continue;
    const [intent, action] = [asked["intent"], answered["action"]];
    if (typeof intent === "string" && typeof action === "string" && action.startsWith("utter_"))
      answers.set(intent, action);
  }
  return answers;
}

/** Examples are a text of bullets, or a list; entities are marked as `[word](entity)` or `[word]{...}`. */
function examplesIn(examples: unknown): string[] {
  const lines =
    typeof examples === "string"
      ? examples.split("\n").map((line) => line.trim())
      : Array.isArray(examples)
        ? examples.map((each: unknown) => (isObject(each) ? each["text"] : each))
        : [];
  return lines.flatMap((line: unknown) => {
    const text = typeof line === "string" ? line.trim().replace(/^[-*] ?/, "") : "";
    const plain = text.replaceAll(
      /\[([^[\]]{1,200})\](?:\([^()]{1,200}\)|\{[^{}]{1,200}\})/g,
      "$1",
    );
    return plain === "" ? [] : [plain];
  });
}
