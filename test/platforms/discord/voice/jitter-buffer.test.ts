import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { test } from "node:test";
import { JitterBuffer } from "../../../../src/platforms/discord/voice/jitter-buffer.ts";

/** Pushes packets named by their numbers and gives what comes out; `.` for a hole. */
function order(numbers: readonly number[], start = 0): string[] {
  const out: string[] = [];
  const buffer = new JitterBuffer((frame) => out.push(frame ? String(frame[0]) : "."));
  for (const number of numbers) buffer.push((start + number) & 0xffff, Uint8Array.of(number));
  return out;
}

test("packets in order pass at once", () => {
  assert.deepEqual(order([0, 1, 2, 3]), ["0", "1", "2", "3"]);
});

test("overtaken packets are put in order, around the end of the numbers too", () => {
  assert.deepEqual(order([0, 2, 1, 3]), ["0", "1", "2", "3"]);
  assert.deepEqual(order([0, 2, 1, 3], 65_534), ["0", "1", "2", "3"]);
});

test("behind gaps packets wait, then the holes are reported", async () => {
  const out = order([0, 3, 4, 6]);
  assert.deepEqual(out, ["0"]);
  while (out.length < 7) await new Promise(setImmediate);
  assert.deepEqual(out, ["0", ".", ".", "3", "4", ".", "6"]);
});

test("a packet that came while the process was held up is no hole", async (context) => {
  const out: string[] = [];
  const buffer = new JitterBuffer((frame) => out.push(frame ? String(frame[0]) : "."));
  const socket = createSocket("udp4").on("message", (packet) => buffer.push(packet[0]!, packet));
  context.after(() => socket.close());
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  const send = (number: number): void => socket.send(Uint8Array.of(number), socket.address().port);
  for (const number of [0, 2]) buffer.push(number, Uint8Array.of(number));
  send(1);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
  while (out.length < 3) await new Promise(setImmediate);
  assert.deepEqual(out, ["0", "1", "2"]);
});

test("a packet that comes after its hole was reported is dropped", async () => {
  const out: string[] = [];
  const buffer = new JitterBuffer((frame) => out.push(frame ? String(frame[0]) : "."));
  for (const number of [0, 2]) buffer.push(number, Uint8Array.of(number));
  while (out.length < 3) await new Promise(setImmediate);
  buffer.push(1, Uint8Array.of(1));
  assert.deepEqual(out, ["0", ".", "2"]);
  assert.deepEqual(order([5, 4, 6]), ["5", "6"]);
});

test("behind a long pause nothing is filled in", () => {
  assert.deepEqual(order([0, 1, 100, 101]), ["0", "1", "100", "101"]);
});

test("numbers that begin anew are followed from the second on; one very late packet is not", () => {
  assert.deepEqual(order([200, 201, 50, 51, 52]), ["200", "201", "51", "52"]);
  assert.deepEqual(order([200, 201, 50, 202, 203]), ["200", "201", "202", "203"]);
  assert.deepEqual(order([200, 201, 190, 191, 202]), ["200", "201", "202"]);
});
