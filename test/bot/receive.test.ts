import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Message } from "../../src/core/message.ts";
import type { Outbound } from "../../src/core/platform.ts";
import { createCommandMessages } from "../../src/storage/command-messages.ts";
import { narrowPlatform } from "../narrow-platform.ts";
import { received, shownFor } from "../received.ts";
import { runApp, type RunningApp } from "../running-app.ts";

let bot: RunningApp;
before(async () => {
  bot = await runApp({ APPRENTICE_LIMITS_MESSAGES_PER_MINUTE: "500" });
  await bot.ask("!teach ping? => pong");
});
after(() => bot.close());

const texts = async (message: Message): Promise<string[]> =>
  (await shownFor(bot, message)).map(({ text }) => text);

test("a message is answered once, whoever repeats it", async () => {
  const once = received("ping?");
  assert.deepEqual(await texts(once), ["pong"]);
  assert.deepEqual(await texts(once), []);
});

test("a repeated message is not answered after a restart either", async () => {
  const once = received("ping?");
  await texts(once);
  await bot.restart();
  assert.deepEqual(await texts(once), []);
});

/** What an earlier process had written of a message when it was killed. */
const cutOff = async (message: Message, answer: string | null): Promise<Message> => {
  const { workspace, room, person, id: messageId, text: prompt } = message;
  const begun = await bot.app.turns.begin({
    workspace,
    room,
    person: person.id,
    personName: person.name,
    messageId,
    prompt,
    language: "en",
    modelVersion: "recall@0",
  });
  const facts = { known: true, tier: "exact", score: 1, exampleIds: [], modelVersion: "recall@1" };
  if (answer !== null) await bot.app.turns.finish(begun!.id, { ...facts, tier: "exact", answer });
  return message;
};

test("a question that the end of the process cut off is answered, once", async () => {
  const asked = await cutOff(received("ping?"), null);
  assert.deepEqual(await texts(asked), ["pong"]);
  await bot.restart();
  assert.deepEqual(await texts(asked), []);
});

test("an answer that was made and not sent is sent as it was made", async () => {
  const asked = await cutOff(received("ping?", { platform: "discord" }), "pong, said then");
  assert.deepEqual(await texts(asked), ["pong, said then"]);
  await bot.restart();
  assert.deepEqual(await texts(asked), []);
});

test("a command that the end of the process cut off is not run twice, and that is told", async () => {
  const person = { id: "web:Ann", name: "Ann", role: "admin" } as const;
  const lesson = received("!teach cut off? => twice", { person });
  await createCommandMessages(bot.app.database).begin(lesson.id);
  assert.match((await texts(lesson))[0]!, /stopped in the middle of teach.*send it again/);
  assert.match((await texts(received("cut off?")))[0]!, /do not know/);
  await bot.restart();
  assert.deepEqual(await texts(lesson), []);
});

test("other bots and talk that is not for it get no answer", async () => {
  assert.deepEqual(
    await texts(
      received("ping?", { person: { id: "web:bot", name: "Bot", role: "admin", isBot: true } }),
    ),
    [],
  );
  assert.deepEqual(await texts(received("ping?", { addressed: false })), []);
  assert.match((await texts(received("!hi", { addressed: false })))[0]!, /Hi!/);
});

test("a reply to the bot's message finds its turn", async () => {
  const { outbound, shown } = narrowPlatform();
  await bot.app.receive(received("ping?"), outbound);
  const [answerId] = shown.keys();
  await bot.app.receive(received("!why", { replyTo: answerId! }), outbound);
  assert.match([...shown.values()].at(-1)!.text, /ping\?/);
});

test("a long answer arrives in parts that fit, in order", async () => {
  const long = Array.from({ length: 900 }, (_, index) => `word${index}`).join(" ");
  await bot.ask(`!teach "tell me a lot" ${long}`);
  const parts = await texts(received("tell me a lot"));
  assert.ok(parts.length > 2);
  assert.equal(parts.join(" "), long);
});

test("bad input gets a clear answer and the next message works", async () => {
  const cases: [string, RegExp][] = [
    ["", /empty/],
    [" \n\t ", /empty/],
    ["a".repeat(1_048_576), /too long: 1,048,576 characters/],
    ["bin\u0000ary", /not text/],
  ];
  for (const [text, expected] of cases) {
    const [answer] = await texts(received(text));
    assert.match(answer!, expected);
    // Nobody has to look into the log for it.
    assert.doesNotMatch(answer!, /\(error/);
  }
  assert.deepEqual(await texts(received("ping?")), ["pong"]);
});

test("odd characters survive: half an emoji, right-to-left, joined emoji", async () => {
  for (const text of ["\ud83d", "שלום‏ עולם", "👩‍👩‍👧‍👦🏳️‍🌈", "é\u0301\u0301", "\u202Eevil"]) {
    const answers = await texts(received(text));
    assert.equal(answers.length, 1, text);
    assert.match(answers[0]!, /know|знаю/i);
  }
});

test("a file without words gets a hint what to do with it", async () => {
  const file = {
    name: "a.csv",
    mediaType: "text/csv",
    size: 1,
    read: async () => new Uint8Array(1),
  };
  assert.match((await texts(received("", { files: [file] })))[0]!, /import/);
});

test("one room is answered in order, different rooms at once", async () => {
  const order: string[] = [];
  const outbound = (name: string): Outbound => ({
    limits: { text: 2_000, editInterval: 0 },
    async send() {
      order.push(name);
      return name;
    },
    async edit() {},
  });
  await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      bot.app.receive(received("ping?", { room: "web:busy" }), outbound(`${index}`)),
    ),
  );
  assert.deepEqual(
    order,
    Array.from({ length: 20 }, (_, index) => `${index}`),
  );
});

test("too many messages are refused with the time to wait", async () => {
  const strict = await runApp({ APPRENTICE_LIMITS_MESSAGES_PER_MINUTE: "2" });
  try {
    await strict.ask("a?");
    await strict.ask("b?");
    assert.match(await strict.ask("c?"), /more than I can answer.*Wait \d+ s/);
    assert.match(await strict.ask("a?", { name: "Other" }), /do not know/i);
  } finally {
    await strict.close();
  }
});

test("a role given in the workspace counts", async () => {
  const asked = () =>
    texts(received("!getfile", { person: { id: "web:Eve", name: "Eve", role: "member" } }));
  assert.match((await asked())[0]!, /Only a trainer/);
  await bot.app.workspaces.giveRole("web:local", "web:Eve", "trainer");
  assert.match((await asked())[0]!, /no files here yet/);
});

test("an answer in Russian to Russian, in English to English", async () => {
  assert.match((await texts(received("Какая погода на Марсе?")))[0]!, /не знаю/i);
  assert.match((await texts(received("How is the weather on Mars?")))[0]!, /do not know/i);
});

test("a command answers to its name in every language, and in the language it was called in", async () => {
  const admin = { person: { id: "web:Ann", name: "Ann", role: "admin" } } as const;
  assert.match((await texts(received("!помощь", admin)))[0]!, /Вот|команд/i);
  assert.match((await texts(received("!Мои_данные", admin)))[0]!, /ответ/i);
  assert.match((await texts(received("/состояние", admin)))[0]!, /[а-я]/i);
  assert.match((await texts(received("!помощ", admin)))[0]!, /!помощь/);
});

test("a slash begins a command too, but a path or talk about one does not", async () => {
  assert.match((await texts(received("/new")))[0]!, /new conversation/);
  assert.match((await texts(received("/etc/hosts is broken, why?")))[0]!, /do not know/i);
  assert.match((await texts(received("/ or \\?")))[0]!, /do not know/i);
});

test("a filled form is a command, with the same rules", async () => {
  const teach = { name: "teach", values: { prompt: "tea?", answer: "Yes, please." } };
  const ann = { id: "web:Ann", name: "Ann", role: "trainer" } as const;
  const form = received("", { call: teach, via: "command", person: ann, addressed: false });
  assert.match((await texts(form))[0]!, /Learned/);
  assert.deepEqual(await texts(form), []);
  assert.deepEqual(await texts(received("tea?")), ["Yes, please."]);
  const forbidden = { name: "listen", values: { on: "yes" } };
  assert.match((await texts(received("", { call: forbidden })))[0]!, /Only a admin|Only an admin/);
});

test("after the bot's name a command needs no prefix, but talk stays talk", async () => {
  const spoken = (text: string) => texts(received(text, { mentioned: true }));
  assert.match((await spoken("hi"))[0]!, /Hi!/);
  assert.match((await spoken("help teach"))[0]!, /!teach \[prompt\]/);
  assert.match((await spoken("new ideas?"))[0]!, /do not know/i);
  assert.match((await spoken("help me find my keys"))[0]!, /do not know/i);
  assert.deepEqual(await spoken("ping?"), ["pong"]);
});

test("a deleted message leaves the history and takes its waiting lesson along; an edited one follows", async () => {
  const here = { workspace: "web:follow", room: "web:follow" };
  const admin = { ...here, person: { id: "web:Ann", name: "Ann", role: "admin" } } as const;
  await texts(received("!teach salt? => In the cupboard.", admin));
  const asked = received("salt?", here);
  await texts(asked);
  await bot.app.follow.edited(here.workspace, asked.id, "pepper?");
  const [turn] = await bot.app.turns.list(here.workspace, here.room, { limit: 1 });
  assert.equal(turn!.prompt, "pepper?");
  await bot.app.follow.deleted(here.workspace, asked.id);
  assert.deepEqual(await bot.app.turns.list(here.workspace, here.room, { limit: 1 }), []);

  const lesson = received("!teach sugar? => On the shelf.", here);
  assert.match((await texts(lesson))[0]!, /review/);
  assert.equal((await bot.app.examples.count(here.workspace)).pending, 1);
  await bot.app.follow.deleted(here.workspace, lesson.id);
  assert.equal((await bot.app.examples.count(here.workspace)).pending, 0);
  assert.equal((await bot.app.examples.count(here.workspace)).active, 1);
});

test("stickers and pictures get silence where the bot listens, and a kind word where it was asked", async () => {
  const silent = {
    platform: "telegram",
    text: "",
    addressed: false,
    room: "telegram:-5/main",
  } as const;
  await bot.app.workspaces.setListening("web:local", silent.room, true);
  const picture = {
    name: "cat.jpg",
    mediaType: "image/jpeg",
    size: 1,
    read: async () => new Uint8Array(1),
  };
  assert.deepEqual(await texts(received("", silent)), []);
  assert.deepEqual(await texts(received("", { ...silent, files: [picture] })), []);
  const kind = await texts(received("", { ...silent, addressed: true }));
  assert.match(kind[0]!, /Send me a question in words/);
  assert.doesNotMatch(kind[0]!, /error/);
});
