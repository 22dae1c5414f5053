import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe } from "node:test";
import { madeUpLines as lines } from "../made-up-lines.ts";
import { apprentice, facts, testInFolder } from "./running-process.ts";

describe("long work from the command line", () => {
  testInFolder("waits for its job, and gives what it would have given at once", async (folder) => {
    writeFileSync(join(folder, "long.jsonl"), lines(6_000));
    const imported = await facts(folder, ["import", "long.jsonl"]);
    assert.equal(imported.code, 0, imported.err);
    const [receipt, ...others] = imported.lines;
    assert.equal(others.length, 0);
    assert.deepEqual([receipt!["file"], receipt!["added"]], ["long.jsonl", 6_000]);
    assert.equal((receipt!["job"] as { state: string }).state, "succeeded");

    writeFileSync(join(folder, "questions.jsonl"), lines(20_500));
    const tested = await facts(folder, ["test", "questions.jsonl", "--predictions", "out.jsonl"]);
    assert.equal(tested.code, 0, tested.err);
    assert.equal(tested.lines.length, 1);
    assert.equal(tested.lines[0]!["items"], 20_500);
    assert.ok(Number(tested.lines[0]!["right"]) >= 6_000);
    const rows = readFileSync(join(folder, "out.jsonl"), "utf8").trim().split("\n");
    assert.equal(rows.length, 20_500);

    const words = await apprentice(folder, ["import", "long.jsonl", "--no-wait"]);
    assert.equal(words.code, 0, words.err);
    assert.match(words.out, /so it runs as job [0-9a-f]{8}\. apprentice job [0-9a-f]{8} shows/);
    const cancelled = await apprentice(folder, ["cancel"]);
    assert.match(cancelled.out, /is being cancelled/);
    const shown = await facts(folder, ["job", "last"]);
    assert.equal((shown.lines[0]!["job"] as { state: string }).state, "cancelled");
  });
});
