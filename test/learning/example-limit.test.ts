import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { runApp, type RunningApp } from "../running-app.ts";

const full = /^Nothing was learned: this community may hold 3 examples/u;

describe("how much a community that nobody approved may teach", () => {
  let app: RunningApp;
  before(async () => {
    app = await runApp({
      APPRENTICE_LIMITS_EXAMPLES_PER_WORKSPACE: "3",
      APPRENTICE_LIMITS_APPROVED_WORKSPACES: "discord:trusted",
      APPRENTICE_RECALL_ENCODER: "none",
    });
  });
  after(() => app.close());

  const subjects = ["anchor", "bridge", "candle", "dragon", "engine"];
  const teach = (workspace: string, subject: string, how: { readonly name?: string } = {}) =>
    app.ask(`!teach ${subject} ${subject}s? => about ${subject}`, { workspace, ...how });
  const held = async (workspace: string): Promise<number> =>
    (await app.app.examples.count(workspace)).active;

  test("what would be too much is refused with a code, and a correction still takes its place", async () => {
    const workspace = "discord:strangers";
    for (const subject of subjects.slice(0, 3))
      assert.doesNotMatch(await teach(workspace, subject), full);
    const refusal = await teach(workspace, "dragon");
    assert.match(refusal, full);
    assert.match(refusal, /discord:strangers.*limits\.approvedWorkspaces/su);
    assert.equal(await held(workspace), 3);
    assert.equal(await app.ask("anchor anchors?", { workspace }), "about anchor");

    const replaced = await app.ask('!teach replace=yes prompt="anchor anchors?" answer=heavier', {
      workspace,
    });
    assert.doesNotMatch(replaced, full);
    assert.equal(await app.ask("anchor anchors?", { workspace }), "heavier");

    await app.ask("!undo", { workspace });
    await app.ask("!undo", { workspace });
    assert.doesNotMatch(await teach(workspace, "dragon"), full);
    assert.match(await teach(workspace, "engine"), full);
  });

  test("what waits for review counts too", async () => {
    const workspace = "discord:waiting";
    for (const subject of subjects.slice(0, 3))
      await app.ask(`!teach ${subject}? => yes`, { workspace, role: "member" });
    assert.match(await app.ask("!teach dragon? => yes", { workspace, role: "member" }), full);
  });

  test("of a file that does not fit nothing is learned", async () => {
    const workspace = "discord:files";
    const rows = subjects.map((subject) => JSON.stringify({ prompt: subject, answer: "yes" }));
    const bytes = Buffer.from(rows.join("\n"));
    const file = { name: "many.jsonl", mediaType: "application/jsonl", bytes };
    assert.match(await app.ask("!import as=knowledge yes=yes", { workspace, files: [file] }), full);
    assert.equal(await held(workspace), 0);
  });

  test("what is taught at the machine, or in an approved community, is not limited, and stays", async () => {
    for (const workspace of ["web:local", "discord:trusted"]) {
      for (const subject of subjects) await teach(workspace, subject);
      assert.equal(await held(workspace), 5);
    }
    const workspace = "discord:operated";
    for (const subject of subjects) await teach(workspace, subject, { name: "local" });
    assert.equal(await held(workspace), 5);
    assert.match(await teach(workspace, "forest"), full);
    assert.equal(await app.ask("engine engines?", { workspace }), "about engine");
  });
});
