import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe } from "node:test";
import { apprentice, testInFolder } from "./cli/running-process.ts";
import { shop, spoiled } from "./spoiled-shop.ts";

describe("the learning loop from the command line", () => {
  testInFolder("import, version, train, test, promote, ask, rollback", async (folder) => {
    const quick = { APPRENTICE_RECALL_ENCODER: "none" };
    const run = async (...given: string[]) => {
      const { code, out, err } = await apprentice(folder, [...given, "--json"], quick);
      return {
        code,
        data: JSON.parse(out.trim().split("\n").at(-1)!) as Record<string, unknown>,
        err,
      };
    };
    const built = await run("dataset", "shop", "--build", "--positive", "--file", shop);
    assert.equal(built.code, 0, built.err);
    const trained = await run("train", "--dataset", "shop", "--trainer", "embedded");
    assert.equal(trained.code, 0, JSON.stringify(trained));
    const predictions = join(folder, "predictions.jsonl");
    const tested = await run(
      "test",
      shop,
      "--model",
      "v1",
      "--predictions",
      predictions,
      "--no-review",
    );
    assert.equal(tested.data["modelVersion"], "v1");
    assert.equal((await readFile(predictions, "utf8")).trim().split("\n").length, 192);
    const promoted = await run("promote", "v1");
    assert.deepEqual(
      [promoted.code, promoted.data["promoted"]],
      [0, true],
      JSON.stringify(promoted),
    );
    const again = await run("ask", "what should I know about gluten");
    assert.equal(again.data["answer"], "Nothing here is free of gluten.");
    assert.match(String(again.data["modelVersion"]), /^v1\+recall@0$/);
    const lineage = await run("lineage", "v1");
    assert.equal((lineage.data["rows"] as { file: number }).file > 100, true);
    const bad = join(folder, "spoiled.jsonl");
    await writeFile(bad, await spoiled());
    await run("dataset", "spoiled", "--build", "--positive", "--file", bad);
    await run("train", "--dataset", "spoiled", "--trainer", "embedded");
    const blocked = await run("promote", "v2", "--override", "I like it");
    assert.deepEqual([blocked.code, blocked.data["promoted"]], [1, false]);
    assert.equal((await run("rollback")).data["live"], null);
  });
});
