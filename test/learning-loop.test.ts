import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import { openConsole } from "../src/compose-console.ts";
import type { Console } from "../src/console/server.ts";
import type { ChatEvent } from "../src/core/chat.ts";
import { newId } from "../src/core/ids.ts";
import { runApp, type RunningApp } from "./running-app.ts";
import { shop, spoiled } from "./spoiled-shop.ts";

const token = "token-of-this-test-alone";

describe("the learning loop from the web chat", () => {
  let bot: RunningApp;
  let console: Console;
  let origin = "";
  before(async () => {
    bot = await runApp({ APPRENTICE_CONSOLE_PORT: "0", APPRENTICE_RECALL_ENCODER: "none" });
    console = openConsole(bot.app, token);
    origin = new URL((await console.start()).url).origin;
    bot.app.work();
    await bot.app.database.query
      .insertInto("workspace_dataset")
      .values({ workspace: "web:local", current: null, salt: "the same every time" })
      .execute();
  });
  after(async () => {
    await console.stop();
    await bot.close();
  });

  const headers = { authorization: `Bearer ${token}` };
  /** One message of the chat, as the page sends it; the last event that comes back. */
  async function say(text: string, file?: { name: string; text: string }): Promise<ChatEvent> {
    const form = new FormData();
    form.set("message", JSON.stringify({ id: newId(), text, language: "en" }));
    if (file) form.append("files", new File([file.text], file.name));
    const response = await fetch(`${origin}/api/messages`, { method: "POST", headers, body: form });
    assert.equal(response.status, 200);
    const lines = (await response.text()).trim().split("\n");
    const last = JSON.parse(lines.at(-1)!) as ChatEvent;
    assert.notEqual(last.kind, "error", JSON.stringify(last));
    return last;
  }
  const words = async (text: string): Promise<string> => {
    const event = await say(text);
    return event.kind === "done" ? event.answer.text : (event as { text: string }).text;
  };
  const api = async (path: string, body?: object): Promise<Record<string, unknown>> => {
    const response = await fetch(`${origin}/api${path}`, {
      method: body ? "POST" : "GET",
      headers: { ...headers, "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
    assert.equal(response.status, 200, await response.clone().text());
    return (await response.json()) as Record<string, unknown>;
  };

  async function train(dataset: string): Promise<void> {
    const before = (await bot.app.registry.list("web:local")).length;
    const started = await say(`!train ${dataset} --yes`);
    const [job] = await bot.app.jobs.list({ workspace: "web:local", limit: 1 });
    assert.ok(job, JSON.stringify(started));
    for await (const _event of bot.app.jobs.follow(job.id, new AbortController().signal));
    assert.equal((await bot.app.registry.list("web:local")).length, before + 1);
  }

  test("import, version, train, test, promote, ask; a worse candidate is blocked; rollback", async () => {
    const text = await readFile(shop, "utf8");
    await say("!dataset shop --build --positive", { name: "shop.jsonl", text });
    await train("shop");
    const tested = (await say("!test --dataset shop --model v1")) as { data?: unknown };
    const { right, judged, modelVersion } = tested.data as Record<string, number | string>;
    assert.equal(modelVersion, "v1");
    assert.ok(Number(right) / Number(judged) > 0.8, `${right} of ${judged}`);
    assert.match(await words("I have a question on gluten, please"), /do not know/);
    assert.match(await words("!promote v1"), /v1 answers from now on; before it was recall/);
    assert.equal(
      await words("I have a question on gluten, please"),
      "Nothing here is free of gluten.",
    );

    assert.match(await words("!why"), /question on gluten.*taught by shop v1/);

    await say("!dataset spoiled --build --positive", { name: "shop.jsonl", text: await spoiled() });
    await train("spoiled");
    const { promoted, checks } = await api("/models/candidate/promote", { override: "I like it" });
    assert.equal(promoted, false);
    const failed = (checks as { name: string; state: string }[]).filter(
      ({ state }) => state === "failed",
    );
    assert.ok(
      failed.some(({ name }) => name === "live-test"),
      JSON.stringify(checks),
    );
    assert.equal(
      await words("I have a question on gluten, please"),
      "Nothing here is free of gluten.",
    );

    const { model, decisions } = await api("/models/v2");
    assert.deepEqual((model as { aliases: string[] }).aliases, ["candidate"]);
    assert.equal((decisions as unknown[]).length, 1);
    const { rows } = await api("/models/v1/lineage");
    assert.ok((rows as { file: number }).file > 100);
    const { live } = await api("/rollback", {});
    assert.equal(live, null);
    assert.match(await words("I have a question on gluten, please"), /do not know/);
  });
});
