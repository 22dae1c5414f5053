import assert from "node:assert/strict";
import { test } from "node:test";
import { privateData } from "../../../src/learning/datasets/private-data.ts";

const cases: readonly (readonly [string, readonly string[]])[] = [
  ["Write to anna.smith+shop@example.co.uk please", ["email"]],
  ["Пишите на анна@пример.рф", ["email"]],
  ["Call +7 912 345-67-89", ["phone"]],
  ["Звоните 8 (912) 345-67-89", ["phone"]],
  ["Call (555) 123-4567", ["phone"]],
  ["My card is 4111 1111 1111 1111", ["card"]],
  ["Amex 378282246310005", ["card"]],
  ["The number 4111 1111 1111 1112 is no card", []],
  ["Order 1234567 of 2026-11-21 costs 1,299.00", []],
  ["We open at 9:00 and close at 18:30, room 12-34", []],
  [`token ghp_${"a".repeat(36)}`, ["secret"]],
  ["AKIAIOSFODNN7EXAMPLE", ["secret"]],
  ["пароль: correct-horse", ["secret"]],
  ["-----BEGIN RSA PRIVATE KEY-----", ["secret"]],
  ["Forgot your password? Choose a new one.", []],
  ["", []],
];

for (const [text, kinds] of cases) {
  test(`private data in "${text.slice(0, 40)}": ${kinds.join(", ") || "none"}`, () => {
    assert.deepEqual(privateData(text), kinds);
  });
}

test("a long text without private data is looked through quickly", () => {
  for (const text of ["a".repeat(200_000), "1 ".repeat(100_000), "a.b@".repeat(50_000)]) {
    privateData(text);
  }
});
