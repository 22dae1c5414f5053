import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { judgeMissing } from "./judge.ts";
import { startTelegramDouble, type TelegramDouble } from "./server.ts";

let double: TelegramDouble;
let chat: number;
let refused = 0;
before(async () => {
  double = await startTelegramDouble();
  chat = double.person("Ann").privately.id;
});
after(() => double.close());

type Outcome = { ok: boolean; error_code?: number; description?: string; result?: unknown };
const call = async (method: string, body: unknown, token = double.token): Promise<Outcome> => {
  const response = await fetch(`${double.url}/bot${token}/${method}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return (await response.json()) as Outcome;
};
const button = (more: object) => ({ inline_keyboard: [[{ text: "yes", ...more }]] });

/** Requests that Telegram refuses. A double that takes one of them proves nothing. */
const bad: Record<string, [method: string, body: () => object]> = {
  "an empty text": ["sendMessage", () => ({ chat_id: chat, text: " \n" })],
  "4,097 characters": ["sendMessage", () => ({ chat_id: chat, text: "x".repeat(4_097) })],
  "no such chat": ["sendMessage", () => ({ chat_id: 999, text: "hi" })],
  "65 bytes behind a button": [
    "sendMessage",
    () => ({ chat_id: chat, text: "hi", reply_markup: button({ callback_data: "я".repeat(33) }) }),
  ],
  "a button without an action": [
    "sendMessage",
    () => ({ chat_id: chat, text: "hi", reply_markup: button({}) }),
  ],
  "an entity outside of the text": [
    "sendMessage",
    () => ({ chat_id: chat, text: "hi", entities: [{ type: "bold", offset: 1, length: 2 }] }),
  ],
  "an entity that cuts an emoji": [
    "sendMessage",
    () => ({ chat_id: chat, text: "👍!", entities: [{ type: "bold", offset: 1, length: 1 }] }),
  ],
  "entities that cross": [
    "sendMessage",
    () => ({
      chat_id: chat,
      text: "abcdef",
      entities: [
        { type: "bold", offset: 0, length: 4 },
        { type: "italic", offset: 2, length: 4 },
      ],
    }),
  ],
  "a reply to nothing": [
    "sendMessage",
    () => ({ chat_id: chat, text: "hi", reply_parameters: { message_id: 77 } }),
  ],
  "a topic that is none": [
    "sendMessage",
    () => ({ chat_id: chat, text: "hi", message_thread_id: 5 }),
  ],
  "an edit of nothing": ["editMessageText", () => ({ chat_id: chat, message_id: 99, text: "hi" })],
  "a draft without a number": [
    "sendMessageDraft",
    () => ({ chat_id: chat, draft_id: 0, text: "h" }),
  ],
  "a command with capitals": [
    "setMyCommands",
    () => ({ commands: [{ command: "Teach", description: "Teaches." }] }),
  ],
  "a language of three letters": [
    "setMyCommands",
    () => ({ commands: [{ command: "teach", description: "Teaches." }], language_code: "rus" }),
  ],
  "a query that is none": ["answerCallbackQuery", () => ({ callback_query_id: "7" })],
  "a webhook without TLS": ["setWebhook", () => ({ url: "http://example.org/" })],
  "a file that is none": ["getFile", () => ({ file_id: "nothing" })],
};
/** Seen only by the machine-readable description. */
const badByDescription: typeof bad = {
  "no text": ["sendMessage", () => ({ chat_id: chat })],
  "a misspelt field": ["sendMessage", () => ({ chat_id: chat, text: "hi", replymarkup: {} })],
  "a number as text": ["sendMessage", () => ({ chat_id: chat, text: { words: "hi" } })],
  "an action of no kind": ["sendChatAction", () => ({ chat_id: chat })],
  "updates of one kind, no list": ["getUpdates", () => ({ allowed_updates: "message" })],
  "a reaction without a type": [
    "setMessageReaction",
    () => ({ chat_id: chat, message_id: 1, reaction: [{ emoji: "👍" }] }),
  ],
  "a scope that is none": [
    "setMyCommands",
    () => ({ commands: [{ command: "a", description: "b" }], scope: { kind: "default" } }),
  ],
};

describe("the Telegram double", () => {
  test("refuses every request known to be wrong", async (context) => {
    if (judgeMissing !== undefined) context.diagnostic(judgeMissing);
    const cases = { ...bad, ...(judgeMissing === undefined ? badByDescription : {}) };
    for (const [name, [method, body]] of Object.entries(cases)) {
      const outcome = await call(method, body());
      assert.deepEqual(
        [outcome.ok, outcome.error_code],
        [false, 400],
        `${name}: ${outcome.description}`,
      );
    }
    assert.equal((await call("sendMessage", "{")).ok, false);
    assert.equal((await call("sendMassage", { chat_id: chat, text: "hi" })).error_code, 404);
    assert.equal((await call("getMe", {}, "1:wrong")).error_code, 401);
    assert.equal(double.world.happenings.length, 0);
    refused = double.complaints.length;
  });

  test("gives updates until they are confirmed, and no longer", async () => {
    const ann = double.person("Ann");
    const wait = call("getUpdates", { timeout: 10 });
    ann.writes(ann.privately, "hello");
    const [first] = (await wait).result as { update_id: number }[];
    const again = (await call("getUpdates", { offset: first!.update_id })).result as unknown[];
    assert.equal(again.length, 1);
    const none = (await call("getUpdates", { offset: first!.update_id + 1 })).result as unknown[];
    assert.equal(none.length, 0);
  });

  test("of two that poll, the first is sent away", async () => {
    const first = call("getUpdates", { timeout: 10 });
    await new Promise((resolve) => setImmediate(resolve));
    const second = call("getUpdates", { timeout: 10 });
    assert.equal((await first).error_code, 409);
    double.person("Bob").blocks();
    assert.equal(((await second).result as unknown[]).length, 1);
  });

  test("takes files in forms as clients write them, and gives them back", async () => {
    const boundary = "----------x";
    const form = [
      `--${boundary}\r\ncontent-disposition:form-data;name="chat_id"\r\n\r\n${chat}\r\n`,
      `--${boundary}\r\ncontent-disposition:form-data;name="document"\r\n\r\nattach://a1\r\n`,
      `--${boundary}\r\ncontent-disposition:form-data;name="a1";filename=отчёт.txt\r\ncontent-type:application/octet-stream\r\n\r\nпривет\r\n--${boundary}--\r\n`,
    ].join("");
    const response = await fetch(`${double.url}/bot${double.token}/sendDocument`, {
      method: "POST",
      headers: { "content-type": `multipart/form-data; boundary=${boundary}` },
      body: form,
    });
    const { result } = (await response.json()) as {
      result: { document: { file_name: string; file_id: string } };
    };
    assert.equal(result.document.file_name, "отчёт.txt");
    const file = (await call("getFile", { file_id: result.document.file_id })).result as {
      file_path: string;
    };
    const bytes = await fetch(`${double.url}/file/bot${double.token}/${file.file_path}`);
    assert.equal(await bytes.text(), "привет");
  });
  test("has nothing to complain of after requests that were right", () => {
    assert.deepEqual(double.complaints.slice(refused), []);
  });
});
