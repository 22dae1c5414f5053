import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { builtInEncoder } from "../../src/encoders/built-in/built-in-encoder.ts";

const encoder = builtInEncoder();
const cosine = (left: string, right: string): number => {
  const [first, second] = [encoder.vectorOf(left)!, encoder.vectorOf(right)!];
  return first.reduce((sum, value, axis) => sum + value * second[axis]!, 0) / 127 ** 2;
};

test("the same text has the same vector on every machine, byte for byte", () => {
  const file = new URL("../../src/encoders/built-in/en-ru/check.json", import.meta.url);
  const checks = JSON.parse(readFileSync(file, "utf8")) as { text: string; vector: number[] }[];
  assert.ok(checks.length > 0);
  for (const { text, vector } of checks) assert.deepEqual([...encoder.vectorOf(text)!], vector);
});

test("words that mean the same lie near each other, in both languages", () => {
  assert.ok(cosine("What is the price?", "How much does it cost?") > 0.6);
  assert.ok(cosine("Where are the rules?", "Где правила?") > 0.6);
  assert.ok(cosine("What is the price?", "Кто вчера выиграл матч?") < 0.4);
});

test("a text of which nothing is known has no vector", async () => {
  for (const text of ["", "   ", "ༀༀༀ ༁༁"]) assert.equal(encoder.vectorOf(text), null);
  const [vector] = await encoder.encode(["ༀༀༀ"]);
  assert.ok(vector!.every((value) => value === 0));
});

test("a lone half of a character, a very long word and a very long text are no harm", () => {
  for (const text of ["\ud800", "a".repeat(100_000), "why ".repeat(100_000), "🙂".repeat(9_000)])
    encoder.vectorOf(text);
});
