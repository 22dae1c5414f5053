import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { attachmentOf } from "../../src/core/attachment.ts";
import { newId } from "../../src/core/ids.ts";
import { isFinal, type Job } from "../../src/core/job.ts";
import type { Message } from "../../src/core/message.ts";
import { wishPaused } from "../../src/storage/job-wishes.ts";
import { addJob, jobWithId } from "../../src/storage/jobs.ts";
import { narrowPlatform } from "../narrow-platform.ts";
import { runApp, type RunningApp } from "../running-app.ts";

const subjects = "door key lamp rope boat tent stove map coat drum".split(" ");
const rows = subjects
  .flatMap((subject) => ["buy", "mend"].map((verb) => `${verb} a ${subject}? => the ${subject}`))
  .join("\n");

describe("long jobs of strangers in private chats", () => {
  let bot: RunningApp;
  before(async () => {
    bot = await runApp({ APPRENTICE_RECALL_ENCODER: "none", APPRENTICE_PRIVATE_JOBS_PER_DAY: "2" });
  });
  after(() => bot.close());

  const message = (workspace: string, user: number, text: string): Message => ({
    id: newId(),
    platform: "telegram",
    workspace,
    room: workspace,
    person: { id: `telegram:${user}`, name: "Ann", role: "admin" },
    text,
    files: [attachmentOf({ name: "shop.txt", mediaType: "text/plain", bytes: Buffer.from(rows) })],
    via: "text",
    addressed: true,
    sentAt: 0,
  });
  async function train(workspace: string, user: number, more = ""): Promise<string> {
    const { outbound, shown } = narrowPlatform();
    await bot.app.receive(message(workspace, user, `/train --positive --yes ${more}`), outbound);
    return [...shown.values()].at(-1)!.text;
  }
  /** One that is open, and that nobody works on. */
  async function pausedJob(workspace: string): Promise<Job> {
    const { database } = bot.app;
    const place = {
      platform: "telegram",
      room: workspace,
      messageId: null,
      language: "en",
    } as const;
    const id = newId();
    const job = { id, workspace, kind: "train", order: {}, estimate: null } as const;
    await database.transaction(async (query) => {
      await addJob(query, { ...job, person: workspace, place });
      await wishPaused(query, id);
    });
    return (await jobWithId(database.query, id))!;
  }
  async function settled(workspace: string): Promise<void> {
    const [job] = await bot.app.jobs.list({ workspace, limit: 1 });
    const signal = AbortSignal.timeout(60_000);
    for await (const moment of bot.app.jobs.follow(job!.id, signal))
      if (isFinal(moment.job.state)) return;
  }

  test("one at a time and a few in a day; the refusal says when they may again", async () => {
    const place = "telegram:7";
    const open = await pausedJob(place);
    assert.match(await train(place, 7), /1 job open at a time.*`\/jobs` shows it/);
    await bot.app.jobs.cancel(open);
    assert.match(await train(place, 7, "--seed 3"), /Model training started/);
    await settled(place);
    const later = await train(place, 7, "--seed 4");
    assert.match(later, /2 jobs in 24 hours\. Try again in (23 h 59|24 h 0) min/);
    assert.equal((await bot.app.jobs.list({ workspace: place, limit: 9 })).length, 2);
    // Somebody else is not held up by that.
    assert.match(await train("telegram:8", 8), /Model training started/);
    await settled("telegram:8");
  });

  test("only with what costs nothing, and nobody lifts their own limits", async () => {
    await bot.app.workspaces.giveRole("telegram:9", "telegram:9", "admin");
    const refused = bot.app.jobs.start({
      id: newId(),
      workspace: "telegram:9",
      kind: "train",
      order: { trainer: "openai-compatible" },
      estimate: null,
      person: "telegram:9",
      place: { platform: "telegram", room: "telegram:9", messageId: null, language: "en" },
    });
    await assert.rejects(refused, {
      code: "private-trainer",
      values: { trainer: "openai-compatible", allowed: "embedded" },
    });
  });

  test("trainers of a community are no strangers, and groups and consoles have no such limits", async () => {
    await bot.app.workspaces.giveRole("telegram:-100", "telegram:10", "trainer");
    for (const [workspace, user] of [
      ["telegram:10", 10],
      ["telegram:-200", 11],
    ] as const) {
      for (const seed of [1, 2, 3]) {
        assert.match(await train(workspace, user, `--seed ${seed}`), /Model training started/);
      }
    }
  });
});
