import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe } from "node:test";
import { facts, testInFolder } from "./running-process.ts";

const subjects = "door key lamp rope boat tent stove map coat drum".split(" ");
const verbs = "buy lend mend clean lose find carry paint".split(" ");
const rows = subjects
  .flatMap((subject) =>
    verbs.map((verb) =>
      JSON.stringify({
        prompt: `Where may I ${verb} a ${subject}?`,
        answer: `At the ${subject} desk`,
      }),
    ),
  )
  .join("\n");

describe("training from the command line", () => {
  testInFolder("train waits for the end and tells what came of it", async (folder) => {
    writeFileSync(join(folder, "shop.jsonl"), rows);
    const words = ["train", "shop.jsonl", "--positive", "--trainer", "embedded", "--epochs", "3"];
    const trained = await facts(folder, words);
    assert.equal(trained.code, 0, trained.err);
    assert.equal(trained.lines.length, 1);
    const { job, metrics } = trained.lines[0]! as {
      job: Record<string, unknown>;
      metrics: readonly { step: number; values: Record<string, number> }[];
    };
    assert.equal(job["state"], "succeeded");
    assert.deepEqual(job["settings"], { epochs: 3 });
    assert.equal((job["model"] as { number: number }).number, 1);
    assert.ok(metrics.length > 0 && metrics.length <= 3);
    assert.ok(metrics.at(-1)!.values["loss"]! < metrics[0]!.values["loss"]!);

    const again = await facts(folder, ["train", "--dataset", "shop", "--no-wait"]);
    assert.equal(again.code, 0, again.err);
    const queued = again.lines[0]!["job"] as { id: string; state: string };
    assert.equal(queued.state, "queued");
    const listed = await facts(folder, ["jobs"]);
    const states = (listed.lines[0] as unknown as { id: string; state: string }[]).map(
      ({ state }) => state,
    );
    assert.deepEqual(states, ["queued", "succeeded"]);
    const cancelled = await facts(folder, ["cancel", queued.id.slice(-8)]);
    assert.equal(cancelled.code, 0, cancelled.err);
  });
});
