import assert from "node:assert/strict";
import { test } from "node:test";
import { JitterBuffer } from "../../../../src/platforms/discord/voice/jitter-buffer.ts";

/** Pushes packets named by their numbers and gives what came out; `.` for a hole. */
function order(numbers: readonly number[], start = 0): { readonly out: string[]; flush(): void } {
  const out: string[] = [];
  const buffer = new JitterBuffer((frame) => out.push(frame ? String(frame[0]) : "."));
  for (const number of numbers) buffer.push((start + number) & 0xffff, Uint8Array.of(number));
  return { out, flush: () => buffer.flush() };
}

test("packets in order pass at once", () => {
  assert.deepEqual(order([0, 1, 2, 3]).out, ["0", "1", "2", "3"]);
});

test("overtaken packets are put in order, around the end of the numbers too", () => {
  assert.deepEqual(order([0, 2, 1, 3]).out, ["0", "1", "2", "3"]);
  assert.deepEqual(order([0, 2, 1, 3], 65_534).out, ["0", "1", "2", "3"]);
});

test("behind a gap packets wait, then the hole is reported", async () => {
  const { out } = order([0, 3, 4]);
  assert.deepEqual(out, ["0"]);
  while (out.length < 5) await new Promise(setImmediate);
  assert.deepEqual(out, ["0", ".", ".", "3", "4"]);
});

test("a packet that comes after its hole was reported is dropped", () => {
  const { out, flush } = order([0, 2]);
  flush();
  assert.deepEqual(out, ["0", ".", "2"]);
  assert.deepEqual(order([5, 4, 6]).out, ["5", "6"]);
});

test("behind a long pause nothing is filled in", () => {
  assert.deepEqual(order([0, 1, 100, 101]).out, ["0", "1", "100", "101"]);
});

test("numbers that begin anew are followed from the second on; one very late packet is not", () => {
  assert.deepEqual(order([200, 201, 50, 51, 52]).out, ["200", "201", "51", "52"]);
  assert.deepEqual(order([200, 201, 50, 202, 203]).out, ["200", "201", "202", "203"]);
  assert.deepEqual(order([200, 201, 190, 191, 202]).out, ["200", "201", "202"]);
});

test("the end of speech gives out what waits", () => {
  const { out, flush } = order([0, 2, 4]);
  flush();
  assert.deepEqual(out, ["0", ".", "2", ".", "4"]);
});
