import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import { after, before, describe, test } from "node:test";
import { runApp, type RunningApp } from "../running-app.ts";
import {
  startEmbeddingsDouble,
  type EmbeddingsDouble,
} from "../doubles/openai/embeddings-server.ts";

describe("a bot whose encoder is a server", () => {
  let server: EmbeddingsDouble;
  let bot: RunningApp;
  before(async () => {
    server = await startEmbeddingsDouble();
    bot = await runApp({
      APPRENTICE_RECALL_ENCODER: "openai",
      APPRENTICE_RECALL_ENCODER_URL: server.url,
      APPRENTICE_RECALL_ENCODER_MODEL: "test-embed",
      APPRENTICE_RECALL_ENCODER_KEY: "key",
      APPRENTICE_RECALL_ENCODER_TIMEOUT_SECONDS: "2",
    });
  });
  after(async () => {
    await bot.close();
    await server.close();
  });

  const encoder = async () => (await bot.app.ask("web:local", "anything")).encoder;
  const lessons = [
    ["When are you open?", "Nine to five."],
    ["Where can I park?", "Behind the house."],
    ["How much is a ticket?", "Five euros."],
  ] as const;

  test("it answers with the built-in encoder first, and swaps when all is read", async () => {
    for (const [question, answer] of lessons) await bot.say(`!teach "${question}" "${answer}"`);
    for (let tries = 0; tries < 100 && !(await encoder())?.startsWith("openai-"); tries++)
      await wait(100);
    assert.match((await encoder())!, /^openai-[0-9a-f]{8}-server$/);
    assert.equal(await bot.ask("Сколько стоит билет?"), "Five euros.");
  });

  test("a question in taught words asks no server", async () => {
    const calls = server.calls.length;
    assert.equal(await bot.ask("Where can I park?"), "Behind the house.");
    assert.equal(server.calls.length, calls);
  });

  test("while the server is away, words decide, and status says why", async () => {
    server.fail({ on: "POST", status: 400 });
    assert.equal(await bot.ask("Where can I park??"), "Behind the house.");
    assert.equal((await bot.app.ask("web:local", "where may I park")).guess, "Behind the house.");
    assert.match(await bot.ask("!status"), /⚠️.*HTTP 400/);
    await bot.ask("and is it far?");
    assert.match(await bot.ask("!status"), /✅ .*openai/);
  });

  test("what was taught while the server was away gets its meaning with the next training", async () => {
    const away = { on: "POST", status: 400 } as const;
    server.fail(away);
    await bot.say('!teach "How do I reset my password?" "Ask the librarian."');
    assert.notEqual(await bot.ask("Как сбросить пароль?"), "Ask the librarian.");
    await bot.app.memories.settle("web:local");
    assert.equal(await bot.ask("Как сбросить пароль?"), "Ask the librarian.");
  });

  test("after a restart it goes on with what it knows", async () => {
    await bot.restart();
    assert.match((await encoder())!, /^openai-/);
    const before = server.asked.length;
    assert.equal(await bot.ask("Сколько стоит билет?"), "Five euros.");
    assert.equal(server.asked.length, before + 1);
  });
});
