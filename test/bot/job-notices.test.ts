import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import { attachmentOf } from "../../src/core/attachment.ts";
import { ApprenticeError } from "../../src/core/errors.ts";
import type { Message } from "../../src/core/message.ts";
import type { Outbound } from "../../src/core/platform.ts";
import type { Reply } from "../../src/core/reply.ts";
import { received } from "../received.ts";
import { runApp, type RunningApp } from "../running-app.ts";

const subjects = "door key lamp rope boat tent stove map coat drum".split(" ");
const lines = subjects.flatMap((subject) =>
  ["buy", "lend", "mend"].map((verb) => `Where may I ${verb} a ${subject}? => At the ${subject}`),
);

/** A room of a platform that can send and edit, and remembers what it showed. */
class Room implements Outbound {
  readonly limits = { text: 2_000, editInterval: 0 };
  readonly messages = new Map<string, Reply>();
  readonly sent: string[] = [];
  #changed = Promise.withResolvers<void>();

  async send(reply: Reply): Promise<string> {
    const id = `discord:${this.sent.length + 1}`;
    this.sent.push(id);
    this.#put(id, reply);
    return id;
  }

  async edit(id: string, reply: Reply): Promise<void> {
    if (!this.messages.has(id)) throw new ApprenticeError("message-vanished");
    this.#put(id, reply);
  }

  /** Resolves once a message reads so. */
  async until(id: string, text: RegExp): Promise<Reply> {
    for (;;) {
      const changed = this.#changed.promise;
      const reply = this.messages.get(id);
      if (reply && text.test(reply.text)) return reply;
      await changed;
    }
  }

  #put(id: string, reply: Reply): void {
    this.messages.set(id, reply);
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }
}

describe("news of a job", () => {
  let bot: RunningApp;
  let room: Room;
  beforeEach(async () => {
    bot = await runApp({ APPRENTICE_RECALL_ENCODER: "none" });
    room = new Room();
  });
  afterEach(() => bot.close());

  const join = () =>
    bot.app.joinPlatform("discord", (name) => (name === "discord:5" ? room : undefined));
  const say = (
    text: string,
    language: "en" | "ru" = "en",
    files: Message["files"] = [],
  ): Promise<void> => {
    const message = received(text, {
      platform: "discord",
      workspace: "discord:1",
      room: "discord:5",
      person: { id: "discord:7", name: "Ann", role: "admin" },
      language,
      files,
    });
    return bot.app.receive(message, room);
  };
  const train = `!train ${lines.join("\n")} --positive`;

  test("the message that a training was started becomes the message of its end", async () => {
    join();
    await say(train);
    const [preview] = room.sent;
    assert.equal(room.messages.get(preview!)?.buttons?.[0]?.label, "Start training");
    await say("!train message --yes");
    const ended = await room.until("discord:2", /Model v1 is the candidate now/);
    assert.match(ended.text, /^Job [0-9a-f]{8}, training: message v1, embedded\nDone in \d+ s\./);
    assert.deepEqual(
      ended.buttons?.map(({ label }) => label),
      ["Show", "Let it prove itself"],
    );
    assert.equal(room.sent.length, 2, "edited, not repeated");
  });

  test("a long import tells its end where it was started, with a button to undo it", async () => {
    join();
    const rows = Array.from({ length: 5_100 }, (_, row) =>
      JSON.stringify({ prompt: `${(row * 7_919).toString(36)} open?`, answer: `A${row % 3}` }),
    ).join("\n");
    const file = { name: "faq.jsonl", mediaType: "text/plain", bytes: Buffer.from(rows) };
    await say("!import as=knowledge --yes", "ru", [attachmentOf(file)]);
    const [message] = room.sent;
    const ended = await room.until(message!, /Запомнил/);
    assert.match(ended.text, /импорт: faq\.jsonl\nГотово за .+\nЗапомнил 5.100 ответов\./);
    assert.ok(ended.actionId, "so that the platform offers to undo it");
    assert.equal(room.sent.length, 1, "edited, not repeated");
  });

  test("it is told in the language of the person who started it", async () => {
    join();
    await say(train);
    await say("!train message --yes", "ru");
    await room.until("discord:2", /Модель v1 теперь кандидат/);
  });

  test("a message that was deleted meanwhile is sent anew", async () => {
    join();
    await say(train);
    await say("!train message --yes");
    room.messages.delete("discord:2");
    await room.until("discord:3", /Model v1 is the candidate now/);
  });

  test("what an earlier process could not tell is told after the restart", async () => {
    await say(train);
    await say("!train message --yes");
    const { id } = await bot.app.jobs.find("discord:1", "last");
    for await (const moment of bot.app.jobs.follow(id, new AbortController().signal)) void moment;
    assert.match(room.messages.get("discord:2")!.text, /Model training started/);
    await bot.restart(join);
    await room.until("discord:2", /Model v1 is the candidate now/);
    await bot.restart(join);
    assert.equal(room.sent.length, 2);
  });
});
