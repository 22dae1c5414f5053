import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Message } from "../../src/core/message.ts";
import { startOpenAiDouble, type OpenAiDouble } from "../doubles/openai/server.ts";
import { narrowPlatform } from "../narrow-platform.ts";
import { received, shownFor } from "../received.ts";
import { runApp, type RunningApp } from "../running-app.ts";

describe("commands about a room and its answers", () => {
  let model: OpenAiDouble;
  let bot: RunningApp;
  before(async () => {
    let answers = 0;
    model = await startOpenAiDouble(() => [`Answer ${(answers += 1)}: `, "one ", "two ", "three"]);
    bot = await runApp({
      APPRENTICE_MODEL_PROVIDER: "openai-compatible",
      APPRENTICE_MODEL_URL: model.url,
      APPRENTICE_MODEL_NAME: "echo",
      APPRENTICE_LIMITS_MESSAGES_PER_MINUTE: "500",
    });
    await bot.ask("!teach ping? => pong");
  });
  after(async () => {
    await bot.close();
    await model.close();
  });

  const texts = async (message: Message): Promise<string[]> =>
    (await shownFor(bot, message)).map(({ text }) => text);
  const eve = { person: { id: "web:Eve", name: "Eve", role: "member" } } as const;

  test("!stop ends the answer of the room for whoever asked; what was said stays", async () => {
    const room = "web:stop";
    model.fail({ kind: "slow-stream", wait: 100 });
    const { outbound, shown } = narrowPlatform();
    const begun = Promise.withResolvers<void>();
    const answering = bot.app.receive(received("Tell me everything.", { room }), {
      ...outbound,
      async send(reply) {
        const id = await outbound.send(reply);
        begun.resolve();
        return id;
      },
    });
    await begun.promise;
    assert.match((await texts(received("!stop", { room, ...eve })))[0]!, /Only a trainer/);
    assert.match((await texts(received("!stop", { room })))[0]!, /Stopped/);
    await answering;
    const [answer] = [...shown.values()];
    assert.match(answer!.text, /^Answer \d+: /);
    assert.doesNotMatch(answer!.text, /three/);
    const [turn] = await bot.app.turns.list("web:local", room, { limit: 1 });
    assert.deepEqual([turn!.id, turn!.answer?.trim()], [answer!.turnId, answer!.text.trim()]);
    assert.match((await texts(received("!stop", { room })))[0]!, /nothing to stop/);
  });

  test("!again answers the last question anew, without the answer it replaces", async () => {
    const room = "web:again";
    const [first] = await texts(received("Who wrote Onegin?", { room }));
    const [second] = await texts(received("!again", { room }));
    assert.match(second!, /^Answer \d+: one two three$/);
    assert.notEqual(second, first);
    const { messages } = model.requests.at(-1)!;
    assert.deepEqual(
      messages.filter(({ role }) => role !== "system").map(({ content }) => content),
      ["Who wrote Onegin?"],
    );
  });

  test("a community has its own prefix, and only its admins change it", async () => {
    const here = { workspace: "web:prefix" };
    const admin = { ...here, person: { id: "web:Ann", name: "Ann", role: "admin" } } as const;
    assert.match((await texts(received("!settings prefix=?", here)))[0]!, /Only a.? admin/);
    assert.match((await texts(received("!settings prefix=abc", admin)))[0]!, /1 to 5 signs/);
    assert.match((await texts(received("!settings prefix=?", admin)))[0]!, /prefix: `\?`/);
    assert.match((await texts(received("?hi", here)))[0]!, /Hi!.*\?teach/);
    assert.match((await texts(received("!undo that", here)))[0]!, /^Answer/);
    const slash = received("/settings", { platform: "telegram", workspace: "telegram:1" });
    assert.match((await texts(slash))[0]!, /prefix: `!`/, "that of chats where people choose it");
  });

  test("a listening room is answered without a mention, its neighbour is not", async () => {
    const admin = {
      person: { id: "web:Ann", name: "Ann", role: "admin" },
      room: "web:hall",
    } as const;
    const overheard = { addressed: false, room: "web:hall" };
    assert.deepEqual(await texts(received("ping?", overheard)), []);
    assert.match((await texts(received("!listen on", admin)))[0]!, /every message/);
    assert.deepEqual(await texts(received("ping?", overheard)), ["pong"]);
    assert.deepEqual(await texts(received("ping?", { addressed: false, room: "web:lift" })), []);
    assert.match((await texts(received("!listen off", admin)))[0]!, /mentioned/);
    assert.deepEqual(await texts(received("ping?", overheard)), []);
  });

  test("a role is given by mention or id, and shown", async () => {
    const admin = { person: { id: "web:Ann", name: "Ann", role: "admin" } } as const;
    assert.match((await texts(received("!role <@77> trainer", admin)))[0]!, /trainer/);
    assert.equal(await bot.app.workspaces.roleOf("web:local", "web:77"), "trainer");
    assert.match((await texts(received("!role 77", admin)))[0]!, /trainer/);
    assert.match((await texts(received("!role 77 admin")))[0]!, /Only a.? admin/);
  });
});
