import assert from "node:assert/strict";
import { describe } from "node:test";
import { apprentice, facts, testInFolder } from "./running-process.ts";

/** A process whose clock is so many hours off. */
const clock = (hours: number): NodeJS.ProcessEnv => ({
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(
    `const real = Date.now; Date.now = () => real() + ${hours * 3_600_000};`,
  )}`,
});

describe("a clock that was set back", () => {
  testInFolder(
    "undo takes back what was taught last, not what was taught by date",
    async (folder) => {
      await apprentice(folder, ["teach", "first?", "one"], clock(0));
      await apprentice(folder, ["teach", "second?", "two"], clock(-24));
      assert.equal((await apprentice(folder, ["undo"], clock(-30))).code, 0);
      const answer = async (prompt: string) =>
        (await facts(folder, ["ask", prompt], clock(-30))).lines[0]!["answer"];
      assert.equal(await answer("first?"), "one");
      assert.equal(await answer("second?"), null);
    },
  );

  testInFolder("a correction changes the last answer, not the latest by date", async (folder) => {
    await apprentice(folder, ["teach", "first?", "one"], clock(0));
    await apprentice(folder, ["ask", "first?"], clock(0));
    await apprentice(folder, ["ask", "second?"], clock(-24));
    assert.equal((await apprentice(folder, ["correct", "--last", "two"], clock(-24))).code, 0);
    const { lines } = await facts(folder, ["ask", "second?"], clock(-24));
    assert.equal(lines[0]!["answer"], "two");
  });
});
