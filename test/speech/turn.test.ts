import assert from "node:assert/strict";
import { test } from "node:test";
import { silenceFrame } from "../../src/core/voice.ts";
import { isBackchannel, isCalled, withoutName } from "../../src/speech/turn/addressing.ts";
import { createMouth } from "../../src/speech/turn/mouth.ts";
import { createPauses } from "../../src/speech/turn/pauses.ts";
import { createSimulatedClock } from "./simulated-clock.ts";

test("who pauses long is waited for longer, up to a limit", () => {
  const pauses = createPauses(300, 1_500);
  assert.equal(pauses.delay("привет"), 300);
  for (let index = 0; index < 10; index++) pauses.wentOn(600);
  const slow = pauses.delay("привет");
  assert.ok(slow > 900 && slow <= 1_200, `${slow}`);
  for (let index = 0; index < 20; index++) pauses.wentOn(5_000);
  assert.equal(pauses.delay("привет"), 1_500);
  for (let index = 0; index < 30; index++) pauses.wentOn(60);
  assert.equal(pauses.delay("привет"), 1_500, "gaps between words are no pauses");
});

test("a word that asks for another is no end", () => {
  const pauses = createPauses(300, 1_500);
  for (const words of ["я хотел и", "это потому что", "give me the", "as follows:"])
    assert.equal(pauses.delay(words), 1_500, words);
  for (const words of ["включи свет", "hello there", ""]) assert.equal(pauses.delay(words), 300);
});

test("the name is known at the start and the end of what is said, small mishearings allowed", () => {
  const names = ["Apprentice", "Подмастерье"];
  for (const text of ["Apprentice, hi", "эй, подмастерье, привет", "what time is it, aprentice?"])
    assert.ok(isCalled(text, names), text);
  for (const text of ["hello there", "мастер пришёл", ""]) assert.ok(!isCalled(text, names), text);
  assert.equal(withoutName("Apprentice, what time is it?", names), "what time is it?");
  assert.equal(withoutName("Который час, подмастерье?", names), "Который час?");
  assert.equal(withoutName("Apprentice", names), "Apprentice");
  assert.ok(isBackchannel("угу, да") && isBackchannel("Yeah.") && !isBackchannel("стоп"));
});

test("while nothing that is played goes anywhere, the voice waits and loses nothing", async () => {
  const clock = createSimulatedClock();
  let isOpen = false;
  const played: number[] = [];
  const mouth = createMouth(clock, {
    isOpen: () => isOpen,
    play: ([frame]) => void played.push(frame!),
    speaking() {},
  });
  let next = 0;
  mouth.take(() => (next < 6 ? Uint8Array.of(next++) : undefined));
  await clock.pass(500);
  assert.deepEqual(played, []);
  isOpen = true;
  await clock.pass(70);
  isOpen = false;
  await clock.pass(500);
  assert.ok(played.length >= 3 && played.length < 6, `${played.length}`);
  isOpen = true;
  await clock.pass(500);
  assert.deepEqual(played, [0, 1, 2, 3, 4, 5]);
  mouth.close();
});

test("frames leave at an even pace, a burst ends with silence, and a standstill is no rush", async () => {
  const clock = createSimulatedClock();
  const log: string[] = [];
  const times: number[] = [];
  let frames = 10;
  const mouth = createMouth(
    clock,
    {
      play(frame) {
        if (frame === silenceFrame) return void log.push("silence");
        times.push(clock.now());
      },
      speaking: (on) => void log.push(on ? "begin" : "end"),
    },
    silenceFrame,
  );
  const source = () => (frames-- > 0 ? Uint8Array.of(1) : undefined);
  mouth.take(source);
  await clock.pass(400);
  assert.deepEqual(
    times.slice(1).map((time, index) => time - times[index]!),
    Array.from({ length: 9 }, () => 20),
  );
  assert.deepEqual(log, ["begin", ...Array.from({ length: 5 }, () => "silence"), "end"]);
  // The source has frames again, and is only then asked again.
  [frames, times.length, log.length] = [2, 0, 0];
  mouth.wake();
  await clock.pass(100);
  assert.equal(times.length, 2);
  mouth.release(source);
  mouth.close();
  assert.equal(log.at(-1), "end");
});
