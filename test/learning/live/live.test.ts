import assert from "node:assert/strict";
import { appendFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Artefact, ModelVersion } from "../../../src/core/model-version.ts";
import { startOpenAiDouble } from "../../doubles/openai/server.ts";
import { runApp, type RunningApp } from "../../running-app.ts";
import { fileRow, keepTrained, makeLive } from "../../trained-model.ts";

/** What a shop's file of questions and answers taught a model, and nobody taught in chat. */
const shop = [
  fileRow("When do you open?", "At nine."),
  fileRow("When do you open in the morning?", "At nine."),
  fileRow("What are your opening hours?", "At nine."),
  fileRow("Where is the shop?", "By the river."),
  fileRow("How do I find the shop?", "By the river."),
  fileRow("What is the address of the shop?", "By the river."),
  fileRow("How much is a ticket?", "Five euros."),
  fileRow("What does a ticket cost?", "Five euros."),
  fileRow("Is the ticket expensive?", "Five euros."),
];

describe("a live trained memory", () => {
  let bot: RunningApp;
  before(async () => {
    bot = await runApp();
  });
  after(() => bot.close());

  let communities = 0;
  const withShop = async (): Promise<{ workspace: string; version: ModelVersion }> => {
    const workspace = `web:live-${(communities += 1)}`;
    const version = await keepTrained(bot, workspace, shop);
    await makeLive(bot, version);
    return { workspace, version };
  };
  const memoryPath = ({ artefact }: ModelVersion): string => {
    const { folder, file } = artefact as Extract<Artefact, { kind: "memory" }>;
    return join(bot.app.config.data, folder, file.path);
  };

  test("answers what was never taught in chat, and names itself", async () => {
    const here = await withShop();
    assert.equal(await bot.ask("What does a ticket cost please?", here), "Five euros.");
    const { modelVersion, answer } = await bot.app.ask(here.workspace, "Where is the shop?");
    assert.deepEqual([modelVersion, answer], ["v1+recall@0", "By the river."]);
    assert.match(await bot.ask("!why", here), /Model version: v1\+recall@0/);
    assert.match(await bot.ask("When do you open?", { workspace: "web:elsewhere" }), /do not know/);
  });

  test("a correction takes effect on the next answer, near questions included; undo is exact", async () => {
    const here = await withShop();
    assert.equal(await bot.ask("When do you open?", here), "At nine.");
    await bot.ask("!correct We open at ten.", here);
    assert.equal(await bot.ask("When do you open?", here), "We open at ten.");
    assert.equal(await bot.ask("when do you OPEN in the morning", here), "We open at ten.");
    assert.equal(await bot.ask("How much is a ticket?", here), "Five euros.");
    await bot.ask("!undo", here);
    assert.equal(await bot.ask("When do you open?", here), "At nine.");
    assert.equal(await bot.ask("when do you OPEN in the morning", here), "At nine.");
  });

  test("a thumb down takes no knowledge away, also after a restart", async () => {
    const here = await withShop();
    await bot.ask("How much is a ticket?", here);
    await bot.ask("!feedback bad Not any more.", here);
    assert.equal(await bot.ask("How much is a ticket?", here), "Five euros.");
    await bot.restart();
    assert.equal(await bot.ask("How much is a ticket?", here), "Five euros.");
    assert.equal(await bot.ask("Where is the shop?", here), "By the river.");
  });

  test("a retracted row is never answered from the artefact, until the retraction is undone", async () => {
    const here = await withShop();
    const [row] = shop.filter(({ prompt }) => prompt === "When do you open?");
    const others = shop.filter(({ answer, id }) => answer === "At nine." && id !== row!.id);
    await bot.ask("When do you open?", here);
    for (const { id } of [row!, ...others]) await bot.ask(`!retract ${id}`, here);
    assert.match(await bot.ask("When do you open?", here), /do not know/);
    await bot.restart();
    assert.match(await bot.ask("When do you open?", here), /do not know/);
    for (const _ of [row!, ...others]) await bot.ask("!undo", here);
    assert.equal(await bot.ask("When do you open?", here), "At nine.");
  });

  test("what was superseded in chat since the training is not answered from the artefact", async () => {
    const workspace = `web:live-${(communities += 1)}`;
    const here = { workspace };
    await bot.ask("!teach Who bakes the bread? => Anna.", here);
    const [example] = await bot.app.examples.list({ workspace, limit: 1 });
    const version = await keepTrained(bot, workspace, [
      {
        id: example!.id,
        prompt: example!.prompt,
        answer: "Anna.",
        label: "positive",
        corrects: false,
      },
      ...shop,
    ]);
    await makeLive(bot, version);
    assert.equal(await bot.ask("Who bakes the bread?", here), "Anna.");
    await bot.ask("!correct Boris.", here);
    assert.equal(await bot.ask("so who bakes the bread?", here), "Boris.");
    await bot.restart();
    assert.equal(await bot.ask("so who bakes the bread?", here), "Boris.");
  });

  for (const [how, damage] of [
    ["changed", (path: string) => appendFile(path, "x")],
    ["missing", (path: string) => rm(path)],
    ["replaced", (path: string) => writeFile(path, "not a memory")],
  ] as const)
    test(`a damaged artefact (${how}) leaves what was taught, and status says so`, async () => {
      const { workspace, version } = await withShop();
      const here = { workspace };
      await bot.ask("!teach Who bakes the bread? => Anna.", here);
      await damage(memoryPath(version));
      assert.match(await bot.ask("When do you open?", here), /do not know/);
      assert.equal(await bot.ask("Who bakes the bread?", here), "Anna.");
      assert.equal((await bot.app.ask(workspace, "?")).modelVersion, "recall@1");
      assert.match(await bot.ask("!status", here), /v1.*not what training left/);
    });
});

describe("a live language model", () => {
  test("takes the place of the configured one, with the same hints", async () => {
    const tuned = await startOpenAiDouble(() => ["tuned ", "words"]);
    const bot = await runApp();
    const workspace = "web:live-tuned";
    try {
      const url = tuned.url;
      const version = await keepTrained(bot, workspace, shop, {
        method: "sft",
        artefact: { kind: "hosted", provider: "openai-compatible", url, name: "ft:shop" },
        served: { provider: "openai-compatible", url, name: "ft:shop" },
      });
      await makeLive(bot, version);
      const here = { workspace };
      await bot.ask("!teach Who bakes the bread? => Anna.", here);
      assert.equal(await bot.ask("Who bakes the bread?", here), "Anna.");
      const events = await bot.say("Tell me of the old mill by the river", here);
      const last = events.at(-1);
      assert.equal(last?.kind, "done", JSON.stringify(last));
      assert.equal(
        (last as { answer: { modelVersion: string } }).answer.modelVersion,
        "v1/openai-compatible/ft:shop+recall@1",
      );
      assert.match(await bot.ask("!why", here), /v1\/openai-compatible\/ft:shop/);
    } finally {
      await bot.close();
      await tuned.close();
    }
  });
});
