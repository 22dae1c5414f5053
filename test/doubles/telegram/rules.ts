import type { Parameters } from "./judge.ts";

/** What Telegram refuses although the description of its API cannot say so. */
export function platformRules(method: string, given: Parameters): readonly string[] {
  const wrong: string[] = [];
  const { text, caption } = given;
  if (method === "sendMessage" || method === "editMessageText") {
    if (typeof text !== "string" || text.trim() === "") wrong.push("message text is empty");
  }
  if (typeof text === "string" && text.length > 4_096) wrong.push("message is too long");
  if (typeof caption === "string" && caption.length > 1_024) wrong.push("caption is too long");
  if (given["parse_mode"] !== undefined) wrong.push("this double reads entities and no parse_mode");
  wrong.push(
    ...entityProblems(text, given["entities"]),
    ...entityProblems(caption, given["caption_entities"]),
    ...keyboardProblems(given["reply_markup"]),
  );
  if (method === "setMyCommands") wrong.push(...commandProblems(given));
  if (method === "sendMessageDraft" && !given["draft_id"]) wrong.push("draft_id must be non-zero");
  if (method === "setWebhook") wrong.push(...webhookProblems(given));
  if (method === "answerCallbackQuery" && typeof text === "string" && text.length > 200)
    wrong.push("the notification is longer than 200 characters");
  return wrong;
}

type Entity = { readonly type: string; readonly offset: number; readonly length: number };

/** Entities lie inside the text, on whole characters, and are nested or apart, never crossed. */
function entityProblems(text: unknown, given: unknown): string[] {
  if (!Array.isArray(given)) return [];
  if (typeof text !== "string") return ["entities without a text"];
  const entities = given as (Entity & { url?: unknown })[];
  const wrong: string[] = [];
  for (const { type, offset, length, url } of entities) {
    const end = offset + length;
    if (!(offset >= 0 && length > 0 && end <= text.length))
      wrong.push(`entity ${type} lies outside of the text`);
    if (isInsidePair(text, offset) || isInsidePair(text, end))
      wrong.push(`entity ${type} cuts a character`);
    if (type === "text_link" && !isLinkable(String(url)))
      wrong.push("ENTITY_TEXTURL_INVALID: wrong HTTP URL in an entity");
  }
  for (const first of entities) {
    for (const second of entities) {
      const crossed =
        first.offset < second.offset &&
        second.offset < first.offset + first.length &&
        first.offset + first.length < second.offset + second.length;
      if (crossed) wrong.push(`entities ${first.type} and ${second.type} cross`);
      const meet =
        first !== second &&
        first.offset < second.offset + second.length &&
        second.offset < first.offset + first.length;
      if (meet && /^(code|pre)$/.test(first.type) && second.type !== "blockquote")
        wrong.push(`${second.type} meets ${first.type}, which stands alone`);
    }
  }
  return wrong;
}

/** The server takes web addresses whose host has a dot; `tg://user` would call somebody. */
function isLinkable(url: string): boolean {
  const parsed = URL.parse(url);
  return parsed !== null && /^https?:$/.test(parsed.protocol) && parsed.hostname.includes(".");
}

const isInsidePair = (text: string, at: number): boolean =>
  at > 0 &&
  at < text.length &&
  /[\uDC00-\uDFFF]/.test(text[at]!) &&
  /[\uD800-\uDBFF]/.test(text[at - 1]!);

const buttonActions = ["url", "callback_data", "web_app", "login_url", "copy_text", "pay"];

function keyboardProblems(markup: unknown): string[] {
  const rows = (markup as { inline_keyboard?: unknown } | undefined)?.inline_keyboard;
  if (!Array.isArray(rows)) return [];
  const buttons = (rows as Record<string, unknown>[][]).flat();
  const wrong: string[] = [];
  if (buttons.length > 100) wrong.push("more than 100 buttons");
  for (const button of buttons) {
    const { text, callback_data: data } = button;
    if (typeof text !== "string" || text.trim() === "") wrong.push("a button without text");
    if (buttonActions.filter((action) => action in button).length !== 1)
      wrong.push("a button does not have exactly one action");
    if (typeof data === "string" && (data === "" || Buffer.byteLength(data) > 64))
      wrong.push("BUTTON_DATA_INVALID");
  }
  return wrong;
}

function commandProblems(given: Parameters): string[] {
  const commands = Array.isArray(given["commands"])
    ? (given["commands"] as { command?: unknown; description?: unknown }[])
    : [];
  const wrong: string[] = [];
  if (commands.length > 100) wrong.push("BOT_COMMANDS_TOO_MUCH");
  for (const { command, description } of commands) {
    if (typeof command !== "string" || !/^[a-z0-9_]{1,32}$/.test(command))
      wrong.push("BOT_COMMAND_INVALID");
    const length = String(description ?? "").length;
    if (length < 1 || length > 256) wrong.push("BOT_COMMAND_DESCRIPTION_INVALID");
  }
  const language = given["language_code"];
  if (language !== undefined && language !== "" && !/^[a-z]{2}$/.test(String(language)))
    wrong.push("LANG_CODE_NOT_SUPPORTED");
  return wrong;
}

function webhookProblems({ url, secret_token: secret }: Parameters): string[] {
  const wrong: string[] = [];
  // Telegram itself insists on https; a loopback address has no certificate.
  if (url !== "" && !/^https:\/\/|^http:\/\/127\.0\.0\.1:/.test(String(url)))
    wrong.push("an HTTPS URL must be provided for webhook");
  if (secret !== undefined && !/^[\w-]{1,256}$/.test(String(secret)))
    wrong.push("secret token contains unallowed characters");
  return wrong;
}
