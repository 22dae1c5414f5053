import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { root } from "./source-files.ts";
import { temporaryFolder } from "./temporary-folder.ts";

describe("the test runner", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  before(async () => {
    folder = await temporaryFolder();
  });
  after(() => folder.remove());

  /** Runs test files with these bodies; gives the exit code and what was told. */
  function run(bodies: readonly string[]): { status: number | null; told: string } {
    const files = bodies.map((body, at) => {
      const path = join(folder.path, `${at}.test.ts`);
      writeFileSync(path, `import { test } from "node:test";\n${body}\n`);
      return path;
    });
    const { NODE_TEST_CONTEXT: _, ...environment } = process.env;
    const runner = join(root, "test/run.ts");
    const { status, stdout } = spawnSync(process.execPath, [runner, ...files], {
      env: environment,
      encoding: "utf8",
    });
    return { status, told: stdout };
  }

  test("counts all processes together", () => {
    const { status, told } = run(['test("a", () => {});', 'test("b", () => {}); test.skip("c");']);
    assert.equal(status, 0, told);
    assert.match(told, /^ℹ tests 3$[\s\S]*^ℹ pass 2$[\s\S]*^ℹ fail 0$[\s\S]*^ℹ skipped 1$/m);
  });

  test("a failure and a process that dies fail the run, and are told after the count", () => {
    const { status, told } = run([
      'test("good", () => {});',
      'test("bad", () => { throw new Error("the reason"); });',
      'test("dies", () => process.kill(process.pid, "SIGKILL"));',
    ]);
    assert.equal(status, 1);
    assert.match(told, /^ℹ pass 1$\n^ℹ fail 2$[\s\S]*failing tests:[\s\S]*the reason/m);
    assert.match(told, /ended before it had counted: SIGKILL/);
  });
});
