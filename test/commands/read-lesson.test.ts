import assert from "node:assert/strict";
import { test } from "node:test";
import { readLesson } from "../../src/commands/read-lesson.ts";

test("a question and its answer are understood as people write them", () => {
  const cases: readonly [string, string, string][] = [
    ["When do you open? => At nine.", "When do you open?", "At nine."],
    ['"Is there a bar?" => "Yes, upstairs"', "Is there a bar?", "Yes, upstairs"],
    ["Is there a bar? | Yes", "Is there a bar?", "Yes"],
    ["What is your name? Bob", "What is your name?", "Bob"],
    ["Как тебя зовут? Боб", "Как тебя зовут?", "Боб"],
    ["«Где вы?» → На набережной.", "Где вы?", "На набережной."],
    ["a || b => c | d", "a || b", "c | d"],
  ];
  for (const [text, question, answer] of cases)
    assert.deepEqual(readLesson(text), { question, answer }, text);
});

test("a question alone is a question without an answer", () => {
  assert.deepEqual(readLesson("When do you open?"), { question: "When do you open?" });
});

test("what could be read in two ways is not guessed", () => {
  for (const text of [
    "=> x",
    "x =>",
    "the kiln is in room four",
    "Why? Because? Maybe.",
    '"When do you open?" null',
    "When? => null",
  ])
    assert.equal(readLesson(text), "unclear", text);
});

test("options by name, JSON and quoted texts are left to the reader of every command", () => {
  for (const text of ["", 'question="a" answer="b"', "--replace", '"a" "b"', '{"prompt":"a"}'])
    assert.equal(readLesson(text), undefined, text);
});
