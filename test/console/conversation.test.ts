import assert from "node:assert/strict";
import { test } from "node:test";
import { jsonLines } from "../../src/console/pages/json-lines.ts";
import { advance, type Entry } from "../../src/console/pages/conversation.ts";

const turn = (number: number) => ({
  id: `turn ${number}`,
  messageId: `message ${number}`,
  prompt: "?",
  answer: "!",
  known: true,
  tier: "exact" as const,
  score: 1,
  exampleIds: [],
  modelVersion: "1",
  startedAt: 0,
});

test("an answer grows piece by piece until it is settled", () => {
  let entries: readonly Entry[] = [];
  entries = advance(entries, { kind: "asked", id: "a", prompt: "?", files: [] });
  entries = advance(entries, { kind: "delta", id: "a", text: "one " });
  entries = advance(entries, { kind: "delta", id: "a", text: "two" });
  const [growing] = entries;
  assert.deepEqual(growing?.kind === "exchange" && growing.outcome, {
    kind: "waiting",
    text: "one two",
  });
  entries = advance(entries, {
    kind: "settled",
    id: "a",
    outcome: { kind: "stopped", text: "one" },
  });
  entries = advance(entries, { kind: "delta", id: "a", text: "late" });
  const [settled] = entries;
  assert.deepEqual(settled?.kind === "exchange" && settled.outcome, {
    kind: "stopped",
    text: "one",
  });
});

test("a failed message sent again takes the place of the first, at the end", () => {
  let entries: readonly Entry[] = [];
  for (const [id, replaces] of [
    ["x", ""],
    ["b", ""],
    ["a", "x"],
  ] as const) {
    entries = advance(entries, { kind: "asked", id, prompt: "?", files: [], replaces });
  }
  assert.deepEqual(
    entries.map(({ id }) => id),
    ["b", "a"],
  );
});

test("earlier turns come before, none of them twice", () => {
  let entries = advance([], { kind: "earlier", turns: [turn(2), turn(3)] });
  entries = advance(entries, { kind: "earlier", turns: [turn(1), turn(2)] });
  assert.deepEqual(
    entries.map(({ id }) => id),
    ["turn 1", "turn 2", "turn 3"],
  );
  assert.deepEqual(advance(entries, { kind: "cleared" }), []);
});

test("lines are whole however the bytes are cut", async () => {
  const objects = [{ text: "שלום\n" }, { text: "Ё👋🏽" }, { text: "" }];
  const bytes = Buffer.from(objects.map((object) => JSON.stringify(object)).join("\n"));
  for (const size of [1, 2, 3, 7, 1000]) {
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, piece) =>
      Uint8Array.from(bytes.subarray(piece * size, (piece + 1) * size)),
    );
    const read: unknown[] = [];
    for await (const line of jsonLines(ReadableStream.from([...pieces, Buffer.from("\n")]))) {
      read.push(line);
    }
    assert.deepEqual(read, objects, `pieces of ${size}`);
  }
});
