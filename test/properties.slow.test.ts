import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { root, sourceFiles } from "./source-files.ts";

/** The tests that try chances by `runs`, again with far more of them. */
test("what holds for some chances holds for five times as many", () => {
  const files = sourceFiles("test/**/*.test.ts")
    .filter(({ imports }) => imports.includes("test/runs.ts"))
    .map(({ path }) => path);
  assert.ok(files.length > 5);
  const { NODE_TEST_CONTEXT: _, ...environment } = process.env;
  const { status, stdout } = spawnSync(process.execPath, ["test/run.ts", ...files], {
    cwd: root,
    env: { ...environment, APPRENTICE_TEST_RUNS: "5" },
    encoding: "utf8",
  });
  assert.equal(status, 0, stdout);
});
