import assert from "node:assert/strict";
import { test } from "node:test";
import { runDay } from "./day.ts";

test("a day in Telegram: a private chat, a group, and everybody's rights", async () => {
  const lines: string[] = [];
  await runDay((line) => lines.push(line));
  assert.match(lines.join("\n"), /Анна, private[\s\S]*Makerspace[\s\S]*laser cutter/);
});
