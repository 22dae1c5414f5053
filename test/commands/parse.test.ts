import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { defineCommand } from "../../src/commands/command.ts";
import type { CommandForm } from "../../src/commands/command-form.ts";
import { findCommand, parseArguments, parseNamed, splitCommand } from "../../src/commands/parse.ts";
import { commands as all } from "../../src/commands/index.ts";
import { usageOf } from "../../src/commands/usage.ts";
import { ApprenticeError } from "../../src/core/errors.ts";
import { sayError } from "../../src/texts/say.ts";
import type { Attachment } from "../../src/core/message.ts";
import { runs } from "../runs.ts";

const answered = async () => ({ text: "" });
const about = "command.hi" as const;
const train = defineCommand({
  name: "train",
  about,
  needs: "trainer",
  options: {
    data: { type: "text", about, optional: true },
    label: { type: "choice", about, choices: ["positive", "negative"], optional: true },
    positive: { type: "flag", about, optional: true },
    epochs: { type: "integer", about, optional: true },
    files: { type: "files", about, optional: true },
  },
  run: answered,
});
const correct = defineCommand({
  name: "correct",
  about,
  needs: "member",
  options: { turn: { type: "turn", about, optional: true }, correction: { type: "rest", about } },
  run: answered,
});
const teach = defineCommand({
  name: "teach",
  about,
  needs: "member",
  takesLesson: true,
  options: {
    prompt: { type: "text", about },
    answer: { type: "rest", about, optional: true },
    label: { type: "choice", about, choices: ["positive", "negative"], optional: true },
    replace: { type: "flag", about, optional: true },
  },
  run: answered,
});
const select = defineCommand({
  name: "select_dataset",
  about,
  needs: "trainer",
  options: { path: { type: "text", about }, positive: { type: "flag", about, optional: true } },
  run: answered,
});
const commands: readonly CommandForm[] = [train, correct, teach, select];

/** What `!name rest` gives, as a person types it. */
function values(text: string, files: readonly Attachment[] = []): Record<string, unknown> {
  const call = splitCommand(text, "!");
  assert.ok(call, text);
  return { ...parseArguments(findCommand(commands, call.name, "!"), call.rest, files, "!") };
}
function refusal(text: string): ApprenticeError {
  try {
    values(text);
  } catch (error) {
    assert.ok(error instanceof ApprenticeError, String(error));
    return error;
  }
  return assert.fail(`not refused: ${text}`);
}
const file = (name: string): Attachment => ({
  name,
  mediaType: "text/csv",
  size: 1,
  read: async () => new Uint8Array(1),
});

test("names are case-insensitive and stand alone", () => {
  assert.deepEqual(splitCommand("!TRAIN a b", "!"), { name: "train", rest: "a b" });
  assert.deepEqual(splitCommand("  !hi", "!"), { name: "hi", rest: "" });
  assert.deepEqual(splitCommand("apprentice, hi there", "apprentice, "), {
    name: "hi",
    rest: "there",
  });
  for (const talk of ["!", "! hi", "!! wow", "!?", "hi!", "!5 apples", ""]) {
    assert.equal(splitCommand(talk, "!"), undefined, talk);
  }
});

test("an unknown command is answered with the nearest", () => {
  const error = refusal("!tain x");
  assert.equal(error.code, "command-unknown");
  assert.equal(error.values["nearest"], "!train");
  assert.equal(refusal("!zzzzzzzz").values["nearest"], "");
});

test("key=value, --flags and natural order all work", () => {
  assert.deepEqual(values('!train "some text" positive=False'), {
    data: "some text",
    positive: false,
  });
  assert.deepEqual(values("!train positive=False"), { positive: false });
  assert.deepEqual(values("!train --no-positive data.csv"), { positive: false, data: "data.csv" });
  assert.deepEqual(values("!train data.csv --negative --epochs=3"), {
    data: "data.csv",
    label: "negative",
    epochs: 3,
  });
  assert.deepEqual(values("!train faq negative"), { data: "faq", label: "negative" });
  assert.deepEqual(values("!train LABEL=Negative"), { label: "negative" });
  assert.deepEqual(values("!select_dataset ru/faq нет"), { path: "ru/faq", positive: false });
  assert.deepEqual(values("!select_dataset «мой набор» Да"), { path: "мой набор", positive: true });
});

test("several files come along", () => {
  const files = [file("a.csv"), file("b.csv")];
  assert.deepEqual(values("!train --negative", files), { label: "negative", files });
});

test("quoted texts keep spaces, quotes and every script", () => {
  assert.deepEqual(values('!train "a \\"b\\" c"'), { data: 'a "b" c' });
  assert.deepEqual(values("!train 'it''s'"), { data: "it''s" });
  assert.deepEqual(values("!train “שלום עולם 👍🏽”"), { data: "שלום עולם 👍🏽" });
  assert.equal(refusal('!train "open').code, "command-quote-open");
});

test("the rest of the line is taken raw", () => {
  assert.deepEqual(values("!correct It's  5 = five, --really"), {
    correction: "It's  5 = five, --really",
  });
  assert.deepEqual(values("!correct last We open at 9"), {
    turn: "last",
    correction: "We open at 9",
  });
  assert.deepEqual(values("!correct 3f9a21c7 x"), { turn: "3f9a21c7", correction: "x" });
  assert.deepEqual(values("!correct https://example.org/channels/1/2/3 x\ny"), {
    turn: "https://example.org/channels/1/2/3",
    correction: "x\ny",
  });
  assert.deepEqual(values("!correct Monday is the day"), { correction: "Monday is the day" });
});

test("JSON and code blocks are taken raw", () => {
  assert.deepEqual(values('!train {"input": "a } b", "x": [1, 2]} negative'), {
    data: '{"input": "a } b", "x": [1, 2]}',
    label: "negative",
  });
  assert.deepEqual(values('!train ```json\n[{"a": 1}]\n``` --positive'), {
    data: '[{"a": 1}]',
    positive: true,
  });
});

test("a separator cuts question and answer", () => {
  assert.deepEqual(values("!teach When do you open? => At nine."), {
    prompt: "When do you open?",
    answer: "At nine.",
  });
  assert.deepEqual(values('!teach "a => b" "c" --negative --replace'), {
    prompt: "a => b",
    answer: "c",
    label: "negative",
    replace: true,
  });
  assert.deepEqual(values('!teach "a" the rest --negative'), {
    prompt: "a",
    answer: "the rest --negative",
  });
});

test("what cannot be meant is refused with the usage, never guessed", () => {
  const missing = refusal("!select_dataset");
  assert.equal(missing.code, "command-argument-missing");
  assert.equal(missing.values["usage"], "!select_dataset <path> [--positive]");
  assert.equal(refusal("!train positive=maybe").code, "command-argument-invalid");
  assert.equal(refusal("!train label=negatve").values["nearest"], "negative");
  assert.equal(refusal("!train --epochs=three").code, "command-argument-invalid");
  assert.equal(refusal("!train --negatif").code, "command-argument-unknown");
  assert.equal(refusal("!train positve=false").values["nearest"], "positive");
  assert.equal(refusal("!select_dataset a b c").code, "command-argument-extra");
});

test("an option that a command does not have is refused, and never taken for the text", () => {
  for (const text of [
    "!train x=y",
    '!select_dataset pfad="letters/good" positive=yes',
    '!correct message="last" text="At ten."',
    "!correct text=ten",
  ]) {
    const refused = refusal(text);
    assert.equal(refused.code, "command-argument-unknown", text);
    assert.match(String(refused.values["usage"]), /^!/);
  }
});

test("an equals sign amid words, in quotes or in an arrow is just text", () => {
  assert.deepEqual(values("!correct a=b is how I write it"), {
    correction: "a=b is how I write it",
  });
  assert.deepEqual(values('!train "x=y"'), { data: "x=y" });
  assert.deepEqual(values("!correct x=>y"), { correction: "x=>y" });
  assert.deepEqual(values("!correct url==5"), { correction: "url==5" });
});

test("a refusal shows a line that would work", () => {
  const [archive] = all.filter(({ name }) => name === "archive");
  const refused = (prefix: string) => {
    try {
      parseArguments(archive!, 'dir="x y" name="z"', [], prefix);
    } catch (error) {
      assert.ok(error instanceof ApprenticeError);
      return sayError("en", error, prefix);
    }
    return assert.fail("not refused");
  };
  assert.match(refused("!"), /archive has no option dir\.[^]+\nFor example: !archive letters$/);
  assert.match(
    refused("apprentice "),
    /Usage: apprentice archive \[directory\] \[name\] \[--format <zip/,
  );
});

test("the words of the bot before this one are understood", () => {
  const read = (line: string) => {
    const call = splitCommand(line, "!")!;
    return { ...parseArguments(findCommand(all, call.name, "!"), call.rest, [], "!") };
  };
  const id = "123456789012345678";
  assert.deepEqual(read(`!correct message_id=${id} correction="At ten."`), {
    turn: id,
    correction: "At ten.",
  });
  assert.deepEqual(read('!feedback feedback_text="Too long."'), { words: "Too long." });
  assert.deepEqual(read('!getfile file_path="my plan.md"'), { path: "my plan.md" });
  assert.deepEqual(read('!test test_data={"input": "a"}'), { data: '{"input": "a"}' });
  assert.deepEqual(read('!select_dataset path_to_dir_positive="letters" positive=True'), {
    path: "letters",
    positive: true,
  });
  assert.deepEqual(read('!archive directory="my letters"'), { directory: "my letters" });
  assert.deepEqual(read("!hi Bob"), {});
  assert.deepEqual(read("!feedback 👍🏽"), { rating: "good" });
  assert.deepEqual(read("!feedback 👎 Too long."), { rating: "bad", words: "Too long." });
});

test("values by name are checked like typed ones", () => {
  const named = parseNamed(train, { data: "x", positive: "нет", epochs: "2" }, [], "!");
  assert.deepEqual(named, { data: "x", positive: false, epochs: 2 });
  assert.throws(() => parseNamed(train, { date: "x" }, [], "!"), {
    code: "command-argument-unknown",
  });
  assert.throws(() => parseNamed(select, {}, [], "!"), { code: "command-argument-missing" });
});

test("usage shows the form of each option", () => {
  assert.equal(
    usageOf(train, "!"),
    "!train [data] [label=positive|negative] [--positive] [epochs] [files]",
  );
  assert.equal(usageOf(correct, "/"), "/correct [turn] <correction...>");
});

test("any rest comes back byte for byte", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (text) => {
      const rest = text.trim();
      fc.pre(
        rest !== "" &&
          !/^["'«“„`~{[-]/.test(rest) &&
          !/^\S*(=|\d|:|^last)/iu.test(rest) &&
          !rest.toLowerCase().startsWith("послед"),
      );
      assert.equal(values(`!correct ${rest}`)["correction"], rest);
    }),
  );
});

test("no text makes the reader fail with anything but an error for people", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("train", "correct", "teach", "select_dataset"),
      fc.string({ unit: "binary" }),
      (name, text) => {
        try {
          values(`!${name} ${text}`);
        } catch (error) {
          assert.ok(error instanceof ApprenticeError, String(error));
        }
      },
    ),
    { numRuns: runs(150) },
  );
});
