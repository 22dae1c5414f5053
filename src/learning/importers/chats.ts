import type { Label } from "../../core/example.ts";
import { leaveOut, problem, type Found } from "./importer.ts";
import { isObject, roleOf, textOf } from "./values.ts";

/** A question with the answer it got in a chat. `undefined`: not text, e.g. with a picture. */
type Turn = { readonly prompt: string | undefined; readonly answer: string | undefined };

type Common = { readonly line: number; readonly label?: Label; readonly tags?: readonly string[] };

/** Names under which training files keep the messages of a chat. */
const chatNames = ["messages", "conversations", "conversation", "dialog", "dialogue"] as const;

/** Whether a record is a chat rather than one question with its answer. */
export function isChat(values: ReadonlyMap<string, unknown>, promptName?: string): boolean {
  if (chatNames.some((name) => isMessages(values.get(name)))) return true;
  const history = values.get("history");
  if (Array.isArray(history) && history.length > 0) return true;
  return promptName === undefined && isMessages(values.get("chosen"));
}

const isMessages = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/**
 * The first question of a chat with its answer. Later turns may mean nothing without what was said
 * before them, so each is left out, at the line of the record. Of a run of messages by one role the
 * texts belong together; system and tool messages are skipped.
 */
export function* readChat(values: ReadonlyMap<string, unknown>, common: Common): Generator<Found> {
  const { line } = common;
  const history = values.get("history");
  if (Array.isArray(history) && history.length > 0)
    return yield leaveOut(line, "import.left-follow-up");
  const name = chatNames.find((each) => isMessages(values.get(each)));
  const messages = values.get(name ?? "chosen") as readonly unknown[];
  const [first, ...later] = turnsOf(messages);
  if (first === undefined) return yield problem(line, "import.messages");
  const rejected = name === undefined ? textOf(values.get("rejected")) : undefined;
  if (rejected !== undefined && later.length > 0) {
    // The rejected answer belongs to the last turn.
    return yield leaveOut(line, "import.left-follow-up");
  }
  if (first.prompt === undefined || first.answer === undefined)
    yield leaveOut(line, "import.left-not-text");
  else {
    const pair = rejected === undefined ? {} : { rejected };
    yield { ...common, ...pair, wordings: [first.prompt], answer: first.answer };
  }
  for (const _turn of later) yield leaveOut(line, "import.left-follow-up");
}

function turnsOf(messages: readonly unknown[]): Turn[] {
  const turns: { prompts: unknown[]; answers: unknown[] }[] = [];
  let isAnswered = true;
  for (const message of messages) {
    const role = roleOf(message);
    if (role === "user") {
      if (isAnswered) turns.push({ prompts: [], answers: [] });
      isAnswered = false;
      turns.at(-1)?.prompts.push(message);
    } else if (role === "assistant" && !isToolCall(message)) {
      isAnswered = true;
      turns.at(-1)?.answers.push(message);
    }
  }
  return turns
    .filter(({ answers }) => answers.length > 0)
    .map(({ prompts, answers }) => ({ prompt: joined(prompts), answer: joined(answers) }));
}

const isToolCall = (message: unknown): boolean =>
  isObject(message) && (message["content"] ?? message["value"] ?? "") === "";

function joined(messages: readonly unknown[]): string | undefined {
  const texts = messages.map(textOf);
  return texts.every((text) => text !== undefined) ? texts.join("\n") : undefined;
}
