import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe } from "node:test";
import { modelDouble, writeRuntimeDouble } from "../doubles/onnx-model.ts";
import { root } from "../source-files.ts";
import { apprentice, facts, unusedPort, testInFolder } from "./running-process.ts";

describe("the command line", { concurrency: 3 }, () => {
  const write = (folder: string, name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return name;
  };

  testInFolder(
    "import, ask, correct, ask again, undo: the tour of the README, in one process each",
    async (folder) => {
      const imported = await facts(folder, [
        "import",
        join(root, "examples/faq-en.md"),
        "--workspace",
        "web:local",
      ]);
      assert.equal(imported.code, 0, imported.err);
      assert.ok(Number(imported.lines[0]!["added"]) >= 20);

      const question = "When are you open?";
      const [first] = (await facts(folder, ["ask", question])).lines;
      assert.deepEqual(
        ["answer", "tier", "score", "exampleIds", "modelVersion"].filter(
          (field) => !(field in first!),
        ),
        [],
      );
      const corrected = await facts(folder, ["correct", "--last", "Всегда 🕛"]);
      assert.equal(corrected.code, 0, JSON.stringify(corrected.lines));
      const [second] = (await facts(folder, ["ask", question])).lines;
      assert.equal(second!["answer"], "Всегда 🕛");
      assert.equal(second!["tier"], "exact");
      await facts(folder, ["undo"]);
      const [third] = (await facts(folder, ["ask", question])).lines;
      assert.deepEqual([third!["answer"], third!["tier"]], [first!["answer"], first!["tier"]]);
    },
  );

  testInFolder("ask --file answers every prompt in order, a JSON line each", async (folder) => {
    const prompts = ["When are you open?", "Какого цвета Марс?", "שלום 👍🏽"];
    await apprentice(folder, ["import", join(root, "examples/faq-en.md")]);
    const file = write(
      folder,
      "prompts.jsonl",
      prompts.map((prompt) => JSON.stringify({ prompt })).join("\n"),
    );
    const { code, lines } = await facts(folder, ["ask", "--file", file]);
    assert.equal(code, 0);
    assert.deepEqual(
      lines.map(({ prompt }) => prompt),
      prompts,
    );
    assert.equal(lines[1]!["answer"], null);
    assert.ok(lines.every(({ score }) => typeof score === "number" && score >= 0 && score <= 1));
    const table = write(folder, "table.csv", "Question,Answer\nWhen are you open?,x\n");
    const always = await facts(folder, ["ask", "--file", table, "--always"]);
    assert.deepEqual(
      always.lines.map(({ prompt, answer }) => [prompt, answer]),
      [[prompts[0], lines[0]!["answer"]]],
    );
  });

  testInFolder(
    "a file with a mistake is refused with its line, and nothing of it is learned",
    async (folder) => {
      const file = write(folder, "broken.csv", 'prompt,answer\na,b\n"c,d\n');
      const { code, lines } = await facts(folder, ["import", file, "--workspace", "web:broken"]);
      assert.equal(code, 1);
      assert.match(JSON.stringify(lines[0]), /import-invalid.*Line 3/);
    },
  );

  testInFolder("an encoder is installed, measured, used and left again", async (folder) => {
    const model = join(folder, "model");
    for (const [path, bytes] of Object.entries(modelDouble())) {
      mkdirSync(dirname(join(model, path)), { recursive: true });
      writeFileSync(join(model, path), bytes);
    }
    const missing = await facts(folder, ["encoder", "install", "model"]);
    assert.equal(missing.code, 1);
    assert.match(JSON.stringify(missing.lines), /npm install --ignore-scripts/);
    await writeRuntimeDouble(join(folder, "data", "encoders"));
    await apprentice(folder, ["import", join(root, "examples/faq-en.md")]);
    const plan = await facts(folder, ["encoder", "install", "model", "--plan"]);
    assert.ok(JSON.stringify(plan.lines).includes("model.onnx"));
    const [installed] = (await facts(folder, ["encoder", "install", "model"])).lines;
    assert.deepEqual([installed!["used"], installed!["read"]], ["model", true]);
    assert.match(String(installed!["encoder"]), /^model-[0-9a-f]{8}-native$/);

    const prompts = write(folder, "one.jsonl", '{"prompt":"at what hour do you open up"}');
    const ask = async () => (await facts(folder, ["ask", "--file", prompts])).lines[0]!["encoder"];
    assert.equal(await ask(), installed!["encoder"]);
    const [status] = (await facts(folder, ["encoder", "status"])).lines;
    assert.deepEqual([status!["wanted"], status!["problem"]], ["model", null]);

    assert.equal((await facts(folder, ["encoder", "use", "modle"])).code, 1);
    await facts(folder, ["encoder", "use", "built-in"]);
    assert.match(String(await ask()), /^en-ru-128-/);
    await facts(folder, ["encoder", "use", "none"]);
    assert.equal(await ask(), null);
  });

  testInFolder("wrong use ends with 2 and says what is right", async (folder) => {
    const workspace = await apprentice(folder, ["ask", "x", "--workspace", "nowhere"]);
    assert.equal(workspace.code, 2);
    assert.match(workspace.err, /looks like web:local/);
  });

  testInFolder("config shows where each value came from and hides secrets", async (folder) => {
    write(folder, "apprentice.yaml", "prefix: '?'\n");
    const { out } = await apprentice(folder, ["config"], { APPRENTICE_MODEL_API_KEY: "s3cret" });
    assert.match(out, /prefix +\? +apprentice\.yaml/);
    assert.match(out, /model\.apiKey +\[hidden\] +APPRENTICE_MODEL_API_KEY \(environment\)/);
    assert.doesNotMatch(out, /s3cret/);
  });

  testInFolder("help shows every sub-command, and an example of each", async (folder) => {
    const { out, code } = await apprentice(folder, ["--help"]);
    assert.equal(code, 0);
    for (const name of [
      "start",
      "ask",
      "teach",
      "correct",
      "import",
      "export",
      "status",
      "doctor",
      "config",
      "backup",
      "restore",
      "undo",
      "why",
    ]) {
      assert.match(out, new RegExp(`^ {2}${name}\\b`, "m"), name);
    }
    assert.match(
      (await apprentice(folder, ["import", "--help"])).out,
      /\$ apprentice import examples\/faq-en\.md/,
    );
  });

  testInFolder(
    "doctor says what is on, off and why, and fails when something is wrong",
    async (folder) => {
      const well = await apprentice(folder, ["doctor"]);
      assert.equal(well.code, 0, well.out + well.err);
      assert.match(well.out, /✓ Storage: SQLite[\s\S]*· No language model/);
      const half = await apprentice(folder, ["doctor"], { APPRENTICE_MODEL_PROVIDER: "openai" });
      assert.match(half.out, /! Language model openai: model\.name is not set/);
      const ill = await apprentice(folder, ["doctor"], {
        APPRENTICE_MODEL_PROVIDER: "openai-compatible",
        APPRENTICE_MODEL_NAME: "x",
        APPRENTICE_MODEL_URL: `http://127.0.0.1:${await unusedPort()}/v1`,
      });
      assert.equal(ill.code, 1);
      assert.match(
        ill.out,
        /! Language model openai-compatible\/x does not answer: nothing listens there/,
      );
    },
  );

  testInFolder("what comes through a pipe can be taught and asked", async (folder) => {
    const taught = await apprentice(
      folder,
      ["import", "-"],
      {},
      "question,answer\nWhere is tea?,Here\n",
    );
    assert.deepEqual([taught.code, taught.err], [0, ""]);
    assert.match(taught.out, /Learned 1 answer/);
    const answer = await apprentice(folder, ["ask", "-"], {}, "Where is tea?\n");
    assert.equal(answer.out, "Here\n");
    const many = await apprentice(folder, ["ask", "--file", "-"], {}, "Where is tea?\nWho?\n");
    assert.match(many.out, /^Where is tea\? → Here .+\nWho\? → /);
  });
});
