import assert from "node:assert/strict";
import { test } from "node:test";
import type { Attachment } from "../../src/core/message.ts";
import { showReceiving } from "../../src/bot/show-receiving.ts";

const coming = (size: number, pieces: readonly number[]): Attachment => ({
  name: "lessons.csv",
  mediaType: "text/csv",
  size,
  async read(_maxBytes, _signal, came) {
    for (const bytes of pieces) came?.(bytes);
    return new Uint8Array(pieces.at(-1) ?? 0);
  },
});
const told = async (file: Attachment, after: number) => {
  const texts: string[] = [];
  const counts: number[] = [];
  const [shown] = showReceiving([file], (text) => texts.push(text), "en", after);
  const bytes = await shown!.read(10_000_000, undefined, (count) => counts.push(count));
  return { texts, counts, length: bytes.length };
};

test("while a file takes long to come it is said how much of it is there", async () => {
  const { texts, counts, length } = await told(coming(4_000_000, [1_000_000, 4_000_000]), 0);
  assert.deepEqual(texts, [
    "Receiving lessons.csv: 1.0 of 4.0 MB.",
    "Receiving lessons.csv: 4.0 of 4.0 MB.",
  ]);
  assert.deepEqual([counts, length], [[1_000_000, 4_000_000], 4_000_000]);
});

test("a sender's wrong size makes nothing more than whole, and what comes at once is not mentioned", async () => {
  assert.deepEqual((await told(coming(10, [2_000_000]), 0)).texts, [
    "Receiving lessons.csv: 2.0 of 2.0 MB.",
  ]);
  assert.deepEqual((await told(coming(4, [4]), Number.POSITIVE_INFINITY)).texts, []);
});
