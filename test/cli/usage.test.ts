import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { CommanderError, Command as Program } from "commander";
import { parseArguments, parseNamed } from "../../src/commands/parse.ts";
import { commands } from "../../src/commands/index.ts";
import { createProgram } from "../../src/cli/program.ts";
import { addRegistryCommands, valuesFrom } from "../../src/cli/registry-commands.ts";
import { asUsageError } from "../../src/cli/wrong-usage.ts";
import { shellLine } from "../../src/cli/shell-line.ts";
import { say, sayError } from "../../src/texts/say.ts";
import { apprentice, entry, environment, facts, workFolder } from "./running-process.ts";

let folder: ReturnType<typeof workFolder>;
before(() => {
  folder = workFolder();
});
after(() => folder.remove());
const russian = { LANG: "ru_RU.UTF-8" };

/** The words a shell makes of a line with plain, `"` and `'` quoted words. */
const wordsOf = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, plain]) => double ?? single ?? plain!,
  );

test("every example of a command means the same in a shell as in a chat", () => {
  const program = createProgram("en");
  addRegistryCommands(program, "en");
  for (const command of commands) {
    const sub = program.commands.find((candidate) => candidate.name() === command.name);
    if (!sub || command.name === "ask") continue;
    for (const example of command.usageExamples ?? []) {
      const line = shellLine(command, example);
      let values: Record<string, unknown> = {};
      const copy = new Program(command.name).exitOverride();
      for (const argument of sub.registeredArguments) copy.addArgument(argument);
      for (const option of sub.options) copy.addOption(option);
      copy.allowExcessArguments(true).action(() => {
        values = valuesFrom(command, copy.args, copy.opts());
      });
      copy.parse(wordsOf(line).slice(1), { from: "user" });
      const typed = parseArguments(command, example.slice(command.name.length), [], "!");
      assert.deepEqual(parseNamed(command, values, [], "!"), typed, line);
    }
  }
});

const shellValues = (name: string, ...words: string[]) =>
  valuesFrom(
    commands.find((each) => each.name === name)!,
    words,
    {},
  );

test("a word like positive=no is that option, before and after what it is about", () => {
  for (const given of [
    ["shop.jsonl", "positive=no"],
    ["positive=no", "shop.jsonl"],
  ])
    assert.deepEqual(shellValues("train", ...given), { data: "shop.jsonl", positive: "no" });
  // What somebody teaches may hold any sign.
  assert.deepEqual(shellValues("teach", "prompt=x", "answer=y"), {
    prompt: "prompt=x",
    answer: "answer=y",
  });
});

test("a bare word in a shell means what it means in a chat", () => {
  assert.deepEqual(shellValues("feedback", "good"), { rating: "good" });
  assert.deepEqual(shellValues("feedback", "👎", "too", "long"), {
    rating: "👎",
    words: "too long",
  });
  assert.deepEqual(shellValues("correct", "last", "At ten."), {
    turn: "last",
    correction: "At ten.",
  });
  assert.deepEqual(shellValues("correct", "last orders at nine"), {
    correction: "last orders at nine",
  });
  assert.deepEqual(shellValues("review", "approve", "3f9a21c7"), {
    act: "approve",
    item: "3f9a21c7",
  });
  assert.deepEqual(shellValues("mydata", "export"), { act: "export" });
  assert.deepEqual(shellValues("why", "3f9a21c7"), { turn: "3f9a21c7" });
  assert.deepEqual(shellValues("listen", "off"), { on: "off" });
});

test("what is refused in a shell shows how to write it in a shell", async () => {
  const extra = await apprentice(folder.path, ["mydata", "everything"]);
  assert.equal(
    extra.err,
    'mydata does not know what to do with "everything". Usage: apprentice mydata [--act <export|forget>] [--yes]\n',
  );
  const invalid = await apprentice(folder.path, ["test", "{}", "--grader", "foo"]);
  assert.match(
    invalid.err,
    /Usage: apprentice test \[data\.\.\.\] \[--file <path\.\.\.>\] .*\[--always\]/,
  );
  for (const { code } of [extra, invalid]) assert.equal(code, 2);
});

test("help speaks the person's language, from its titles to its last option", () => {
  for (const voice of ["en", "ru"] as const) {
    const program = createProgram(voice);
    addRegistryCommands(program, voice);
    if (voice === "ru") assert.match(program.helpInformation(), /Бот, которого учит/);
    const help = [program, ...program.commands].map((command) => command.helpInformation());
    for (const text of help) {
      assert.ok(text.includes(say(voice, "cli.title.usage")), text);
      if (voice === "ru")
        assert.doesNotMatch(text, /Usage|Options:|Commands:|display help|output the|\(default/);
    }
  }
});

test("a mistake in the words is told in the person's language, with the nearest name", async () => {
  const unknown = await apprentice(folder.path, ["tech"], russian);
  assert.deepEqual([unknown.code, unknown.out], [2, ""]);
  assert.match(
    unknown.err,
    /Я не знаю команды tech\. Может быть, teach\? Все команды покажет apprentice help\./,
  );
  const program = createProgram("ru");
  addRegistryCommands(program, "ru");
  const words = ["why", "--lats"];
  try {
    program.parse(words, { from: "user" });
    assert.fail("not refused");
  } catch (refused) {
    assert.ok(refused instanceof CommanderError, String(refused));
    assert.match(
      sayError("ru", asUsageError(refused, program, words, "ru")),
      /нет параметра --lats\. Может быть, --last\?.*apprentice why \[параметры\]/,
    );
  }
});

test("each kind of mistake has the code that chat commands have", () => {
  const program = createProgram("en");
  addRegistryCommands(program, "en");
  const cases = [
    [["nonsense"], "command-unknown"],
    [["correct"], "command-argument-missing"],
    [["undo", "--bogus"], "command-argument-unknown"],
    [["why", "--turn"], "command-argument-missing"],
    [["status", "extra"], "command-argument-extra"],
  ] as const;
  for (const [words, code] of cases) {
    assert.throws(
      () => program.parse(words, { from: "user" }),
      (refused) => {
        assert.ok(refused instanceof CommanderError, String(refused));
        const error = asUsageError(refused, program, words, "en");
        assert.equal(error.code, code, words.join(" "));
        return true;
      },
    );
  }
});

test("with --json a mistake is JSON too, and nothing else is said", async () => {
  const unknown = await facts(folder.path, ["undo", "--bogus"]);
  const empty = await facts(folder.path, ["ask"]);
  const codes = [unknown, empty].map(({ lines }) => (lines[0]!["error"] as { code: string }).code);
  assert.deepEqual(codes, ["command-argument-unknown", "message-empty"]);
  assert.deepEqual([unknown.code, empty.code, unknown.err, empty.err], [2, 1, "", ""]);
});

test("a file that is not there and a place that cannot be written are told in words", async () => {
  const missing = await apprentice(folder.path, ["import", "none.csv"], russian);
  assert.match(missing.err, /Не удалось прочитать none\.csv: там ничего нет\. .+ снова\.\n$/);
  const unwritable = await apprentice(folder.path, ["export", "--output", "none/x.jsonl"]);
  assert.match(unwritable.err, /could not write none\/x\.jsonl: it is not there\./);
  for (const { code } of [missing, unwritable]) assert.equal(code, 1);
});

test("the terminal is told what to type in a terminal", async () => {
  const { out } = await apprentice(folder.path, ["hi"]);
  assert.match(out, /apprentice teach "When do you open\?"/);
  const { out: receipt } = await apprentice(folder.path, ["teach", "a", "b"]);
  assert.match(receipt, /apprentice undo \S+/);
});

test("who stops reading early is no failure", async () => {
  const prompts = Array.from({ length: 5_000 }, (_, index) => `question ${index}`).join("\n");
  writeFileSync(join(folder.path, "prompts.txt"), prompts);
  const child = spawn(process.execPath, [entry, "ask", "--file", "prompts.txt", "--json"], {
    cwd: folder.path,
    env: environment(),
  });
  let err = "";
  child.stderr.on("data", (piece: Buffer) => (err += String(piece)));
  await once(child.stdout, "data");
  child.stdout.destroy();
  const [code] = (await once(child, "close")) as [number];
  assert.deepEqual([code, err], [0, ""]);
});
