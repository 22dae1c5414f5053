import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { playedFrameSamples } from "../../../src/core/voice.ts";
import { openOpusDecoder, openOpusEncoder } from "../../../src/speech/codecs/opus.ts";
import { createWordReader } from "../../../src/speech/modem/read-words.ts";
import { writeWords } from "../../../src/speech/modem/write-words.ts";
import { modemSpeechToText } from "../../../src/speech/modem/modem-engines.ts";

/** Through Opus as Discord uses it: 48 kHz to packets to 16 kHz. */
async function throughOpus(pcm: Float32Array): Promise<Int16Array> {
  const [encoder, decoder] = [await openOpusEncoder(), await openOpusDecoder()];
  const heard: number[] = [];
  for (let at = 0; at < pcm.length; at += playedFrameSamples) {
    const frame = new Float32Array(playedFrameSamples);
    frame.set(pcm.subarray(at, at + playedFrameSamples));
    heard.push(...decoder.decode(encoder.encode(frame)));
  }
  encoder.close();
  decoder.close();
  return Int16Array.from(heard);
}

const sentences = [
  "Привет, как дела?",
  "Hello, can you hear me?",
  "Исправь: дважды два — четыре 👋",
  "ok",
];

test("words survive Opus and come out with their blanks", async () => {
  for (const sentence of sentences) {
    const heard = await throughOpus(writeWords(sentence, 48_000).pcm);
    const { text } = await modemSpeechToText.transcribe(heard, { language: "auto" });
    assert.equal(text, sentence);
  }
});

test("words come while they are spoken, with their places", () => {
  const { pcm, words } = writeWords("one two three", 16_000);
  const reader = createWordReader(16_000);
  const seen: { at: number; start: number; end: number }[] = [];
  for (let at = 0; at < pcm.length; at += 320) {
    for (const { start, end } of reader.push(pcm.subarray(at, at + 320)))
      seen.push({ at: (at + 320) / 16_000, start, end });
  }
  assert.equal(words.map(({ text }) => text).join(""), "one two three");
  // The last one may need silence after it; the first two never do.
  assert.ok(seen.length >= 2);
  seen.forEach(({ at, start, end }, index) => {
    assert.ok(Math.abs(start - words[index]!.start) < 0.005);
    assert.ok(Math.abs(end - words[index]!.end) < 0.005);
    assert.ok(at - end < 0.1, "a word is there soon after its end");
  });
});

test("half a word is no word, and noise is none", async () => {
  const { pcm, words } = writeWords("alpha beta", 16_000);
  const cut = pcm.slice(0, Math.round((words[1]!.end - 0.03) * 16_000));
  const reader = createWordReader(16_000);
  const packets = [...reader.push(cut), ...reader.push(new Float32Array(8_000))];
  assert.equal(packets.map(({ bytes }) => new TextDecoder().decode(bytes)).join(""), "alpha ");
  const noise = Int16Array.from(
    { length: 48_000 },
    (_, index) => ((index * 7919) % 20_011) - 10_000,
  );
  assert.equal((await modemSpeechToText.transcribe(noise, { language: "auto" })).text, "");
});

test("any text comes back", async () => {
  const text = fc.array(fc.stringMatching(/^[\p{L}\d.,!?-]{1,12}$/u), {
    minLength: 1,
    maxLength: 4,
  });
  await fc.assert(
    fc.asyncProperty(text, async (words) => {
      const said = words.join(" ");
      const { pcm } = writeWords(said, 16_000);
      const heard = Int16Array.from(pcm, (sample) => Math.round(sample * 32_767));
      return (await modemSpeechToText.transcribe(heard, { language: "auto" })).text === said;
    }),
    { numRuns: 15, seed: 7 },
  );
});
