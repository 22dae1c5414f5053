import assert from "node:assert/strict";
import { test } from "node:test";
import { readFileSync } from "node:fs";
import { builtInEncoder } from "../../../src/encoders/built-in/built-in-encoder.ts";
import { createRecall } from "../../../src/learning/recall/embedded-recall.ts";
import type { Recall } from "../../../src/learning/recall/recall.ts";
import { taught } from "./faq.ts";

const folder = new URL("../../fixtures/understanding/", import.meta.url);
const lines = <Line>(name: string): Line[] =>
  readFileSync(new URL(name, folder), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);

type Frame = { language: string; taught: string; frame: string; paraphrase: string };
type Club = { answer: string; taught: string; asked: string; russian: string };

const memory = (rows: readonly (readonly [string, string])[]): Recall => {
  const recall = createRecall({ encoder: builtInEncoder() });
  recall.apply({
    add: rows.map(([prompt, answer], at) => taught(`u${at}`, prompt, answer)),
    remove: [],
  });
  return recall;
};

test("who Pushkin is does not tell who Napoleon is, and asked in other words it is still known", () => {
  for (const language of ["en", "ru"]) {
    const rows = lines<Frame>("frames.jsonl").filter((row) => row.language === language);
    const recall = memory(rows.map((row) => [row.taught, row.taught]));
    const answered = rows.filter(({ frame }) => recall.recollect(frame).answer !== null);
    const right = rows.filter((row) => recall.recollect(row.paraphrase).answer === row.taught);
    assert.deepEqual(answered, []);
    assert.ok(right.length >= 9, `${right.length} of ${rows.length} ${language}`);
  }
});

test("a club that was taught in English is understood in Russian", () => {
  const rows = lines<Club>("climbing-club.jsonl");
  const recall = memory(rows.map((row) => [row.taught, row.answer]));
  const answers = rows.map(({ russian, answer }) => [recall.recollect(russian).answer, answer]);
  const right = answers.filter(([given, answer]) => given === answer);
  const wrong = answers.filter(([given, answer]) => given !== null && given !== answer);
  assert.ok(right.length >= 16, `${right.length} right`);
  assert.ok(wrong.length <= 1, `${wrong.length} wrong`);
});

test("a cautious bot answers less than a balanced one, and an eager one more", () => {
  const rows = lines<Club>("climbing-club.jsonl");
  const recall = memory(rows.map((row) => [row.taught, row.answer]));
  const counts = (["cautious", "balanced", "eager"] as const).map(
    (risk) => rows.filter(({ asked }) => recall.recollect(asked, { risk }).answer !== null).length,
  );
  assert.ok(counts[0]! < counts[1]! && counts[1]! <= counts[2]!, counts.join(" "));
});

test("one slip in a taught word costs nothing", () => {
  const recall = memory([
    ["How do I cancel my subscription?", "In the settings."],
    ["Where is the kitchen?", "On the left."],
    ["Как сбросить пароль?", "По ссылке."],
    ["Сколько стоит доставка?", "Сто рублей."],
  ]);
  assert.equal(recall.recollect("how do i cancel my subscripton").answer, "In the settings.");
  assert.equal(recall.recollect("where is the kitchne?").answer, "On the left.");
  assert.equal(recall.recollect("как сбросить пароьл").answer, "По ссылке.");
});
