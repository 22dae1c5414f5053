import assert from "node:assert/strict";
import { test } from "node:test";
import { ApprenticeError } from "../../src/core/errors.ts";
import { heardFrameSamples, playedFrameSamples, silenceFrame } from "../../src/core/voice.ts";
import { openOpusDecoder, openOpusEncoder } from "../../src/speech/codecs/opus.ts";

const tone = (frame: number, hertz: number, rate: number, length: number): Float32Array =>
  Float32Array.from(
    { length },
    (_, index) => Math.sin((2 * Math.PI * hertz * (frame * length + index)) / rate) / 2,
  );

/** Power of one frequency in a frame (Goertzel, 1958), 0..1. */
function power(pcm: Int16Array, hertz: number): number {
  let [re, im] = [0, 0];
  pcm.forEach((sample, index) => {
    const angle = (2 * Math.PI * hertz * index) / 16_000;
    re += (sample / 32_768) * Math.cos(angle);
    im += (sample / 32_768) * Math.sin(angle);
  });
  return (2 * Math.hypot(re, im)) / pcm.length;
}

test("a tone played at 48 kHz is heard at 16 kHz, and a lost packet is filled", async () => {
  const encoder = await openOpusEncoder();
  const decoder = await openOpusDecoder();
  for (let frame = 0; frame < 10; frame++) {
    const packet = encoder.encode(tone(frame, 1000, 48_000, playedFrameSamples));
    const pcm = frame === 7 ? decoder.conceal() : decoder.decode(packet);
    assert.equal(pcm.length, heardFrameSamples);
    if (frame < 3) continue;
    assert.ok(power(pcm, 1000) > 0.3, `frame ${frame} holds the tone`);
    assert.ok(power(pcm, 3000) < 0.05, `frame ${frame} holds nothing else`);
  }
  encoder.close();
  decoder.close();
});

test("bytes that are no packet are refused, and the decoder lives on", async () => {
  const decoder = await openOpusDecoder();
  const damaged = Uint8Array.from({ length: 40 }, () => 0xff);
  assert.throws(
    () => decoder.decode(damaged),
    (error) => error instanceof ApprenticeError && error.code === "audio-packet",
  );
  assert.deepEqual(new Set(decoder.decode(silenceFrame)), new Set([0]));
  decoder.close();
});
