/** Whether a JSON value is an object. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A string or number as text; of a message its content; of messages the last one's. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  if (Array.isArray(value)) {
    const last: unknown = value.at(-1);
    return typeof last === "string" && value.length === 1 ? last : messageText(last);
  }
  return messageText(value);
}

function messageText(value: unknown): string | undefined {
  if (!isObject(value)) return undefined;
  if (Array.isArray(value["messages"])) return messageText(value["messages"].at(-1));
  const content = value["content"] ?? value["text"] ?? value["value"];
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return undefined;
  const parts = content.map((part: unknown) => (isObject(part) ? part["text"] : part));
  return parts.every((part) => typeof part === "string") ? parts.join("") : undefined;
}

/** Who speaks in a message of a chat. */
export function roleOf(message: unknown): "user" | "assistant" | "other" {
  if (!isObject(message)) return "other";
  const role = message["role"] ?? message["from"];
  if (role === "user" || role === "human" || role === "prompter") return "user";
  const isAnswer =
    role === "assistant" ||
    role === "gpt" ||
    role === "model" ||
    role === "bot" ||
    role === "chatgpt";
  return isAnswer ? "assistant" : "other";
}
