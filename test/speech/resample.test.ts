import assert from "node:assert/strict";
import { test } from "node:test";
import { createResampler } from "../../src/speech/codecs/resample.ts";

const tone = (hertz: number, rate: number, seconds: number): Float32Array =>
  Float32Array.from({ length: rate * seconds }, (_, at) =>
    Math.sin((2 * Math.PI * hertz * at) / rate),
  );

/** Pushes in uneven pieces, as a network does. */
function resampled(pcm: Float32Array, from: number, to: number, size = 997): Float32Array {
  const resampler = createResampler(from, to);
  const out: number[] = [];
  for (let at = 0; at < pcm.length; at += size)
    out.push(...resampler.push(pcm.subarray(at, at + size)));
  out.push(...resampler.flush());
  return Float32Array.from(out);
}

/** The greatest difference from the true tone, away from both ends. */
function error(pcm: Float32Array, hertz: number, rate: number): number {
  let worst = 0;
  for (let at = 400; at < pcm.length - 800; at++) {
    worst = Math.max(worst, Math.abs(pcm[at]! - Math.sin((2 * Math.PI * hertz * at) / rate)));
  }
  return worst;
}

test("a tone stays the same tone at another rate, in its place", () => {
  for (const [from, to] of [
    [48_000, 16_000],
    [44_100, 16_000],
    [8_000, 16_000],
    [22_050, 48_000],
    [24_000, 48_000],
    [96_000, 16_000],
  ] as const) {
    const out = resampled(tone(1_000, from, 0.5), from, to);
    assert.ok(Math.abs(out.length - to / 2) < to / 500, `${from} to ${to}: ${out.length} samples`);
    assert.ok(error(out, 1_000, to) < 0.01, `${from} to ${to}: ${error(out, 1_000, to)}`);
  }
});

test("what the lower rate cannot carry is gone, instead of becoming another tone", () => {
  for (const hertz of [9_000, 12_000, 20_000]) {
    const out = resampled(tone(hertz, 48_000, 0.5), 48_000, 16_000).slice(400, -800);
    const loudest = out.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    assert.ok(loudest < 0.02, `${hertz} Hz: ${loudest}`);
  }
});

test("the pieces make no difference", () => {
  const pcm = tone(440, 44_100, 0.2);
  assert.deepEqual(resampled(pcm, 44_100, 16_000, 1), resampled(pcm, 44_100, 16_000, 5_000));
});
