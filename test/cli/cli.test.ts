import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { root } from "../source-files.ts";
import { apprentice, facts, unusedPort, workFolder } from "./running-process.ts";

let folder: ReturnType<typeof workFolder>;
before(() => {
  folder = workFolder();
});
after(() => folder.remove());
const write = (name: string, text: string): string => {
  writeFileSync(join(folder.path, name), text);
  return name;
};

test("import, ask, correct, ask again, undo: the tour of the README, in one process each", async () => {
  const imported = await facts(folder.path, [
    "import",
    join(root, "examples/faq-en.md"),
    "--workspace",
    "web:local",
  ]);
  assert.equal(imported.code, 0, imported.err);
  assert.ok(Number(imported.lines[0]!["added"]) >= 20);

  const question = "When are you open?";
  const [first] = (await facts(folder.path, ["ask", question])).lines;
  assert.deepEqual(
    ["answer", "tier", "score", "exampleIds", "modelVersion"].filter((field) => !(field in first!)),
    [],
  );
  const corrected = await facts(folder.path, ["correct", "--last", "Всегда 🕛"]);
  assert.equal(corrected.code, 0, JSON.stringify(corrected.lines));
  const [second] = (await facts(folder.path, ["ask", question])).lines;
  assert.equal(second!["answer"], "Всегда 🕛");
  assert.equal(second!["tier"], "exact");
  await facts(folder.path, ["undo"]);
  const [third] = (await facts(folder.path, ["ask", question])).lines;
  assert.deepEqual([third!["answer"], third!["tier"]], [first!["answer"], first!["tier"]]);
});

test("ask --file answers every prompt in order, a JSON line each", async () => {
  const prompts = ["When are you open?", "Какого цвета Марс?", "שלום 👍🏽"];
  const file = write(
    "prompts.jsonl",
    prompts.map((prompt) => JSON.stringify({ prompt })).join("\n"),
  );
  const { code, lines } = await facts(folder.path, ["ask", "--file", file]);
  assert.equal(code, 0);
  assert.deepEqual(
    lines.map(({ prompt }) => prompt),
    prompts,
  );
  assert.equal(lines[1]!["answer"], null);
  assert.ok(lines.every(({ score }) => typeof score === "number" && score >= 0 && score <= 1));
  const always = await facts(folder.path, ["ask", "--file", file, "--always"]);
  assert.ok(always.lines.every(({ answer }) => answer !== null));
});

test("teach, export and import again give the same knowledge", async () => {
  await apprentice(folder.path, [
    "teach",
    "Что это?",
    "Это «тест»,\nв две строки 👩‍👩‍👧‍👦",
    "--workspace",
    "web:a",
  ]);
  const { out } = await apprentice(folder.path, ["export", "--workspace", "web:a"]);
  assert.deepEqual(JSON.parse(out), {
    prompt: "Что это?",
    answer: "Это «тест»,\nв две строки 👩‍👩‍👧‍👦",
    label: "positive",
  });
  const file = write("again.jsonl", out);
  const again = await facts(folder.path, ["import", file, "--workspace", "web:b"]);
  assert.equal(again.lines[0]!["added"], 1);
  const [answer] = (await facts(folder.path, ["ask", "что это", "--workspace", "web:b"])).lines;
  assert.equal(answer!["answer"], "Это «тест»,\nв две строки 👩‍👩‍👧‍👦");
});

test("a file with a mistake is refused with its line, and nothing of it is learned", async () => {
  const file = write("broken.csv", 'prompt,answer\na,b\n"c,d\n');
  const { code, lines } = await facts(folder.path, ["import", file, "--workspace", "web:broken"]);
  assert.equal(code, 1);
  assert.match(JSON.stringify(lines[0]), /import-invalid.*Line 3/);
  assert.equal((await apprentice(folder.path, ["export", "--workspace", "web:broken"])).out, "");
});

test("wrong use ends with 2 and says what is right", async () => {
  const wrong = await apprentice(folder.path, ["aks", "x"]);
  assert.equal(wrong.code, 2);
  assert.match(wrong.err, /Did you mean ask\?/);
  assert.equal((await apprentice(folder.path, ["teach"])).code, 2);
  const workspace = await apprentice(folder.path, ["ask", "x", "--workspace", "nowhere"]);
  assert.equal(workspace.code, 2);
  assert.match(workspace.err, /looks like web:local/);
});

test("config shows where each value came from and hides secrets", async () => {
  write("apprentice.yaml", "prefix: '?'\n");
  const { out } = await apprentice(folder.path, ["config"], { APPRENTICE_MODEL_API_KEY: "s3cret" });
  assert.match(out, /prefix +\? +apprentice\.yaml/);
  assert.match(out, /model\.apiKey +\[hidden\] +APPRENTICE_MODEL_API_KEY \(environment\)/);
  assert.doesNotMatch(out, /s3cret/);
  const typo = await apprentice(folder.path, ["config"], { APPRENTICE_PREFX: "x" });
  assert.equal(typo.code, 2);
  assert.match(typo.err, /Did you mean APPRENTICE_PREFIX\?/);
  write("apprentice.yaml", "");
});

test("help shows every sub-command with an example, in both languages", async () => {
  const { out, code } = await apprentice(folder.path, ["--help"]);
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
    (await apprentice(folder.path, ["import", "--help"])).out,
    /\$ apprentice import examples\/faq-en\.md/,
  );
  assert.match(
    (await apprentice(folder.path, ["--help"], { LANG: "ru_RU.UTF-8" })).out,
    /Бот, которого учит/,
  );
});

test("doctor says what is on, off and why, and fails when something is wrong", async () => {
  const well = await apprentice(folder.path, ["doctor"]);
  assert.equal(well.code, 0, well.out + well.err);
  assert.match(well.out, /✓ Storage: SQLite[\s\S]*· No language model/);
  const ill = await apprentice(folder.path, ["doctor"], {
    APPRENTICE_MODEL_PROVIDER: "openai-compatible",
    APPRENTICE_MODEL_NAME: "x",
    APPRENTICE_MODEL_URL: `http://127.0.0.1:${await unusedPort()}/v1`,
  });
  assert.equal(ill.code, 1);
  assert.match(ill.out, /! Language model openai-compatible\/x does not answer: ECONNREFUSED/);
});

test("a backup holds everything, and is restored only into an empty folder", async () => {
  const backup = join(folder.path, "safe.tar.zst");
  assert.equal((await apprentice(folder.path, ["backup", backup])).code, 0);
  assert.equal(
    (await apprentice(folder.path, ["backup", backup])).code,
    1,
    "a backup never overwrites",
  );
  const restored = { APPRENTICE_DATA: join(folder.path, "restored") };
  assert.equal((await apprentice(folder.path, ["restore", backup], restored)).code, 0);
  const exported = await apprentice(folder.path, ["export"]);
  assert.equal((await apprentice(folder.path, ["export"], restored)).out, exported.out);
  assert.equal((await apprentice(folder.path, ["restore", backup], restored)).code, 1);
  writeFileSync(backup, readFileSync(backup).subarray(0, 1_000));
  const torn = await apprentice(folder.path, ["restore", backup], {
    APPRENTICE_DATA: join(folder.path, "torn"),
  });
  assert.equal(torn.code, 1);
  assert.match(torn.err, /not a whole Apprentice backup/);
});
