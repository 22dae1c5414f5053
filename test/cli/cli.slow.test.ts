import assert from "node:assert/strict";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe } from "node:test";
import { apprentice, facts, testInFolder } from "./running-process.ts";

describe("longer walks on the command line", { concurrency: 2 }, () => {
  const write = (folder: string, name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return name;
  };

  testInFolder("teach, export and import again give the same knowledge", async (folder) => {
    await apprentice(folder, [
      "teach",
      "Что это?",
      "Это «тест»,\nв две строки 👩‍👩‍👧‍👦",
      "--workspace",
      "web:a",
    ]);
    const { out } = await apprentice(folder, ["export", "--workspace", "web:a"]);
    assert.deepEqual(JSON.parse(out), {
      prompt: "Что это?",
      answer: "Это «тест»,\nв две строки 👩‍👩‍👧‍👦",
      label: "positive",
    });
    const file = write(folder, "again.jsonl", out);
    const again = await facts(folder, ["import", file, "--workspace", "web:b"]);
    assert.equal(again.lines[0]!["added"], 1);
    const [answer] = (await facts(folder, ["ask", "что это", "--workspace", "web:b"])).lines;
    assert.equal(answer!["answer"], "Это «тест»,\nв две строки 👩‍👩‍👧‍👦");
  });

  testInFolder(
    "test asks the rows of a file, saves what came out, and wrong rows are reviewed",
    async (folder) => {
      const rows = [
        { prompt: "Где вы?", answer: "На мельнице 👍🏽" },
        { prompt: "Where is the laser?" },
      ];
      const file = write(folder, "rows.jsonl", rows.map((row) => JSON.stringify(row)).join("\n"));
      mkdirSync(join(folder, "results"));
      const tested = await facts(folder, ["test", file, "--save", "results"]);
      assert.equal(tested.code, 0, tested.err);
      const { items, judged, what } = tested.lines[0]!;
      assert.deepEqual([items, judged, what], [2, 1, "rows.jsonl"]);
      const saved = readdirSync(join(folder, "results")).toSorted();
      assert.match(saved.join(" "), /^failures-\w{8}\.jsonl predictions-\w{8}\.jsonl$/);
      const predictions = readFileSync(join(folder, "results", saved[1]!), "utf8");
      assert.match(predictions, /"prompt":"Где вы\?","expected":"На мельнице 👍🏽"/);

      const id = /^- (\w{8})/m.exec((await apprentice(folder, ["review"])).out)![1]!;
      assert.equal((await apprentice(folder, ["review", "approve", id])).code, 0);
      const [answer] = (await facts(folder, ["ask", "Где вы?"])).lines;
      assert.equal(answer!["answer"], "На мельнице 👍🏽");
      assert.match((await apprentice(folder, ["compare", "last", "last"])).out, /No difference/);
    },
  );

  testInFolder("a backup holds everything, and half of one is refused", async (folder) => {
    const backup = join(folder, "safe.tar.zst");
    await apprentice(folder, ["teach", "Кто ты?", "Ученик 🎓"]);
    assert.equal((await apprentice(folder, ["backup", backup])).code, 0);
    const restored = { APPRENTICE_DATA: join(folder, "restored") };
    assert.equal((await apprentice(folder, ["restore", backup], restored)).code, 0);
    const exported = await apprentice(folder, ["export"]);
    assert.equal((await apprentice(folder, ["export"], restored)).out, exported.out);
    writeFileSync(backup, readFileSync(backup).subarray(0, 1_000));
    const torn = await apprentice(folder, ["restore", backup], {
      APPRENTICE_DATA: join(folder, "torn"),
    });
    assert.equal(torn.code, 1);
    assert.match(torn.err, /not a whole Apprentice backup/);
  });
});
