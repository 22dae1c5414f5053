import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { commands } from "../../src/commands/index.ts";
import { now } from "../../src/core/clock.ts";
import { ApprenticeError } from "../../src/core/errors.ts";
import { newId } from "../../src/core/ids.ts";
import type { Message } from "../../src/core/message.ts";
import type { Json } from "../../src/core/reply.ts";
import { runs } from "../runs.ts";
import { runApp, type RunningApp } from "../running-app.ts";

let bot: RunningApp;
before(async () => {
  bot = await runApp({ APPRENTICE_LIMITS_MESSAGES_PER_MINUTE: "10000" });
});
after(() => bot.close());

/** The code of a failure, or what kind of event came last. */
async function outcome(text: string, workspace = "web:local"): Promise<string> {
  const last = (await bot.say(text, { workspace })).at(-1);
  return last?.kind === "error" ? last.code : (last?.kind ?? "nothing");
}

test("what is no question is refused with its reason, and anything else is answered", async () => {
  assert.equal(await outcome(""), "message-empty");
  assert.equal(await outcome(" \n\t "), "message-empty");
  assert.equal(await outcome("x".repeat(1_000_000)), "message-too-long");
  assert.equal(await outcome("a\0b"), "message-binary");
  assert.equal(await outcome("\x01\x02"), "message-binary");
  for (const text of ["\uD800 lone", "‮txet", "שלום", "👩‍👩‍👧‍👦", "!", "!!", "/", "`", "\u200B"])
    assert.equal(await outcome(text), "done", JSON.stringify(text));
});

test("a question inside a command is held to the same limits", async () => {
  const ask = (question: Json) => call("ask", { question });
  assert.equal(await ask(""), "message-empty");
  assert.equal(await ask("x".repeat(20_000)), "message-too-long");
  assert.equal(await ask("a\0b"), "message-binary");
  assert.equal(await ask("hello"), "done");
});

const strange = [
  "\0",
  "\uD800",
  "‮",
  "-1",
  "999999999999999999999",
  "../../etc/passwd",
  "/etc/passwd",
  "C:\\con",
  "a".repeat(4_096),
  '{"prompt": ',
  "[[[[[",
  '"',
  "«",
  "=>",
  "```",
  "--",
  "--x",
  "x=",
  "constructor=1 __proto__=2",
  "--constructor",
  "' OR 1=1 --",
  "%s%n $& {prompt}",
];

/** Another third for each command in turn; the slow suite tries every command with all. */
const some = <Value>(values: readonly Value[], command: number): readonly Value[] =>
  values.filter((_, place) => runs(1) > 1 || (place + command) % 3 === 0);

test("no words after any command break anything", async () => {
  for (const [at, { name }] of commands.entries()) {
    for (const [index, words] of ["", ...some(strange, at)].entries()) {
      const text = `!${name} ${words}`;
      // A place of its own: some of it is a right setting, and would rule what comes after.
      const workspace = name === "settings" ? `web:hostile-${index}` : "web:local";
      assert.notEqual(
        await outcome(text, workspace),
        "internal",
        JSON.stringify(text.slice(0, 80)),
      );
    }
  }
});

test("no value of a form breaks anything, whatever its type", async () => {
  const values: Json[] = [0, -1, 1.5, true, null, [], {}, [["a"]], { a: { b: 1 } }, ...strange];
  for (const [at, { name, options }] of commands.entries()) {
    for (const option of [...Object.keys(options), "constructor", "nonsense"]) {
      for (const value of some(values, at)) {
        const told = `${name} ${option} ${JSON.stringify(value).slice(0, 60)}`;
        assert.notEqual(await call(name, { [option]: value }), "internal", told);
      }
    }
  }
});

test("feedback without a word says how to give some", async () => {
  await bot.ask("Anything?");
  const [event] = await bot.say("!feedback");
  assert.match(
    event?.kind === "error" ? event.text : "",
    /feedback needs rating[^]*!feedback good/,
  );
});

async function call(name: string, values: Readonly<Record<string, Json>>): Promise<string> {
  const message: Message = {
    id: `web:${newId()}`,
    platform: "web",
    // A place of its own: a form that happens to be right changes it.
    workspace: "web:forms",
    room: "web:form",
    person: { id: "web:Ann", name: "Ann", role: "admin" },
    text: "",
    files: [],
    via: "command",
    addressed: true,
    sentAt: now(),
  };
  const signal = new AbortController().signal;
  try {
    await bot.app.runCommand({ name, values }, { message, voice: "en", language: "en", signal });
    return "done";
  } catch (thrown) {
    return thrown instanceof ApprenticeError ? thrown.code : `internal`;
  }
}

test("the list of all commands stays short; help of one tells the rest", async () => {
  const all = await bot.ask("!help");
  assert.ok(all.includes("`!correct <correction...>`") && !all.includes("["), all);
  assert.match(await bot.ask("!help correct"), /!correct \[turn\] <correction\.\.\.>/);
});
