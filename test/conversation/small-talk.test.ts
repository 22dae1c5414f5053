import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, beforeEach, describe, test } from "node:test";
import { newId } from "../../src/core/ids.ts";
import { withoutManners } from "../../src/conversation/manners.ts";
import { smallTalkIn } from "../../src/conversation/small-talk.ts";
import { toneOf } from "../../src/conversation/tone.ts";
import { say } from "../../src/texts/say.ts";
import { runApp, type RunningApp } from "../running-app.ts";

const rows = readFileSync("test/fixtures/conversation/small-talk.jsonl", "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as { text: string; kind: string | null });

test("small talk is told from questions, in both languages", () => {
  const wrong = rows.filter(({ text, kind }) => (smallTalkIn(text)?.kind ?? null) !== kind);
  assert.deepEqual(wrong, []);
});

test("a message that is told apart takes no time, however long it is", () => {
  for (const text of ["hi ".repeat(100_000), "ok ".repeat(24), "i".repeat(300), "(".repeat(299)])
    smallTalkIn(text);
});

test("the persona says how the bot talks: who it is, how formal, and which sign it likes", () => {
  const cases: [string | null, Partial<ReturnType<typeof toneOf>>][] = [
    [null, { manner: "plain", self: undefined, name: undefined, sign: undefined }],
    [
      "You are Mira, the friendly librarian of our makerspace. Be playful! 🦉",
      { manner: "playful", name: "Mira", sign: "🦉" },
    ],
    ["You are a formal butler who never jokes", { manner: "formal", name: undefined }],
    ["Ты — Ваня, помощник на мельнице. Отвечай с юмором.", { manner: "playful", name: "Ваня" }],
    ["Отвечай официально и коротко.", { manner: "formal", self: undefined }],
  ];
  for (const [persona, expected] of cases) {
    const tone = toneOf(persona);
    for (const [name, value] of Object.entries(expected))
      assert.deepEqual(tone[name as keyof typeof tone], value, `${persona}: ${name}`);
  }
  assert.equal(
    toneOf("You are Mira, the owl of our mill.").self?.text,
    "Mira, the owl of our mill",
  );
  assert.equal(toneOf("You are a bot that answers in verse").self?.text, "a bot");
});

describe("a bot that is talked to", () => {
  let bot: RunningApp;
  let room = "";
  before(async () => {
    bot = await runApp({ APPRENTICE_LIMITS_MESSAGES_PER_MINUTE: "1000" });
  });
  after(() => bot.close());
  beforeEach(() => {
    room = `web:${newId()}`;
  });
  const ask = (text: string, workspace = "web:local") => bot.ask(text, { room, workspace });
  const lastTurn = async () => (await bot.app.turns.list("web:local", room, { limit: 1 }))[0]!;

  test("answers small talk without a model, and the answer is no gap", async () => {
    assert.equal(await ask("Hello!"), say("en", "talk.greeting.plain"));
    assert.equal(await ask("Привет, как дела?"), `Привет! ${say("ru", "talk.how-are-you.plain")}`);
    assert.equal(await ask("thank you, bye"), say("en", "talk.goodbye.plain"));
    const turn = await lastTurn();
    assert.deepEqual([turn.known, turn.exampleIds], [true, []]);
    assert.match(turn.modelVersion, /^small-talk\+recall@/);
    assert.match(await ask("!why"), /That was small talk/);
    assert.match(await ask("what can you do?"), /!help/);
    assert.deepEqual((await bot.app.examples.count("web:local")).active, 0);
  });

  test("rating small talk teaches nothing, correcting it does", async () => {
    const workspace = "web:rated";
    await ask("good bot", workspace);
    await ask("!feedback good", workspace);
    assert.equal((await bot.app.examples.count(workspace)).active, 0);
    await ask("hello", workspace);
    await ask("!correct Welcome to the mill!", workspace);
    assert.equal(await ask("hello", workspace), "Welcome to the mill!");
    assert.equal(await ask("hey there", workspace), "Welcome to the mill!");
    assert.equal(await ask("привет", workspace), "Welcome to the mill!");
  });

  test("a question that begins with a greeting is the question", async () => {
    const workspace = "web:questions";
    await ask('!teach "When do you open?" "At nine."', workspace);
    await ask('!teach "Когда вы открываетесь?" "В девять."', workspace);
    assert.equal(await ask("Hi, when do you open?", workspace), "At nine.");
    assert.equal(await ask("Привет, когда вы открываетесь?", workspace), "В девять.");
    assert.match(await ask("Hi, who is the caretaker?", workspace), /do not know/);
  });

  test("a taught question that only sounds like small talk is no answer to it", async () => {
    const workspace = "web:alike";
    await ask('!teach "Как дела с ремонтом?" "Почти готово."', workspace);
    await ask('!teach "How are you open on Sunday?" "From noon."', workspace);
    assert.equal(await ask("Как дела?", workspace), say("ru", "talk.how-are-you.plain"));
    assert.equal(await ask("How are you?", workspace), say("en", "talk.how-are-you.plain"));
  });

  test("the persona is heard in small talk, in its own language", async () => {
    const workspace = "web:persona";
    await ask("!persona You are Mira, the cheerful owl of our mill. 🦉", workspace);
    assert.equal(
      await ask("Hi Mira, who are you?", workspace),
      `Hey there! ${say("en", "talk.who-are-you.playful", { self: "Mira, the cheerful owl of our mill" })} 🦉`,
    );
    assert.match(await ask("Кто ты?", workspace), /^Я Apprentice/);
  });
});

test("what is polite at the ends of a message is no part of what it asks", () => {
  const cases: [string, string][] = [
    ["Hi, when do you open?", "when do you open?"],
    ["hello how much is a day pass", "how much is a day pass"],
    ["Good morning everyone! Is the sauna free today? Thanks!", "Is the sauna free today?"],
    ["Привет, когда вы открываетесь? спасибо и до свидания", "когда вы открываетесь?"],
    ["Здравствуйте! Как дела? Где парковка, пожалуйста?", "Где парковка, пожалуйста?"],
    ["Hi", "Hi"],
    ["What is a good morning?", "What is a good morning?"],
    ["Is it fine, yes?", "Is it fine, yes?"],
    ["Thank-you cards, where?", "Thank-you cards, where?"],
  ];
  for (const [text, asked] of cases) assert.equal(withoutManners(text), asked);
});
