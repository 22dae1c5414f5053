import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { ApprenticeError } from "../../../src/core/errors.ts";
import { decodeAudio } from "../../../src/speech/codecs/decode/decode-audio.ts";
import type { DecodeLimits } from "../../../src/speech/codecs/decode/decode-task.ts";
import { writeVoiceMessage } from "../../../src/speech/codecs/ogg-opus.ts";
import { modemSpeechToText } from "../../../src/speech/modem/modem-engines.ts";
import { writeWords } from "../../../src/speech/modem/write-words.ts";
import { wavOf, type WavForm } from "./wav.ts";

const limits: DecodeLimits = { seconds: 60, time: 20_000 };
const words = "раз two три";

async function pcmOf(bytes: Uint8Array, name = "a", given = limits): Promise<Int16Array> {
  const pieces = await Array.fromAsync(decodeAudio({ name, bytes }, given));
  return Int16Array.from(pieces.flatMap((piece) => [...piece]));
}
const textOf = async (bytes: Uint8Array): Promise<string> =>
  (await modemSpeechToText.transcribe(await pcmOf(bytes), { language: "auto" })).text;
const fixture = (name: string): Uint8Array =>
  readFileSync(new URL(`../../fixtures/audio/${name}`, import.meta.url));
const refused = (code: string) => (error: unknown) =>
  error instanceof ApprenticeError && error.code === code && error.values["name"] === "a";

async function* pieces(pcm: Float32Array, rate: number) {
  for (let at = 0; at < pcm.length; at += 5_000) yield { pcm: pcm.subarray(at, at + 5_000), rate };
}
const ogg = async (text: string) =>
  (await writeVoiceMessage(pieces(writeWords(text, 24_000).pcm, 24_000))).bytes;

test("WAV of every width, rate and number of channels is heard", async () => {
  const forms: WavForm[] = [
    { rate: 16_000, channels: 1, bits: 8 },
    { rate: 44_100, channels: 2, bits: 16 },
    { rate: 48_000, channels: 6, bits: 24 },
    { rate: 22_050, channels: 8, bits: 32 },
    { rate: 96_000, channels: 1, bits: 32, float: true },
  ];
  for (const form of forms) {
    const wav = wavOf(writeWords(words, form.rate).pcm, form);
    assert.equal(await textOf(wav), words, JSON.stringify(form));
  }
});

test("what other programs wrote is heard: mp3, flac, webm, ogg", async () => {
  for (const name of [
    "words.mp3",
    "words-16.flac",
    "words-24-stereo.flac",
    "words.webm",
    "words.ogg",
  ])
    assert.equal(await textOf(fixture(name)), words, name);
});

test("a voice message is OGG with Opus that is heard again, with its length and shape", async () => {
  const { pcm } = writeWords(words, 48_000);
  const message = await writeVoiceMessage(pieces(pcm, 48_000));
  assert.equal(await textOf(message.bytes), words);
  assert.ok(Math.abs(message.duration - pcm.length / 48_000) < 0.05);
  assert.ok(message.waveform.length > 5 && message.waveform.length <= 256);
  assert.equal(Math.max(...message.waveform), 255);
  const long = await writeVoiceMessage(pieces(new Float32Array(24_000 * 30), 24_000));
  assert.equal(long.waveform.length, 256);
  assert.equal(Math.max(...long.waveform), 0);
});

test("the name and the declared type decide nothing", async () => {
  const notes = new TextEncoder().encode("These are my notes, not a sound. ".repeat(50));
  await assert.rejects(pcmOf(notes), refused("audio-format"));
  await assert.rejects(pcmOf(new Uint8Array(0)), refused("audio-format"));
});

test("a file that breaks off is heard as far as it goes", async () => {
  const whole = await ogg("один два три четыре пять шесть семь восемь девять десять");
  const heard = await textOf(whole.subarray(0, Math.floor(whole.length * 0.7)));
  assert.ok("один два три четыре пять шесть семь восемь девять десять".startsWith(heard));
  assert.ok(heard.length >= 4, heard);
});

test("too long a sound is refused before it is decoded", async () => {
  const hour = wavOf(new Float32Array(8_000 * 3_600), { rate: 8_000, channels: 1, bits: 8 });
  await assert.rejects(pcmOf(hour), refused("audio-too-long"));
});

test("no sound at all is told", async () => {
  const empty = wavOf(new Float32Array(0), { rate: 16_000, channels: 1, bits: 16 });
  await assert.rejects(pcmOf(empty), refused("audio-empty"));
});

test("decoding stops when it takes too long, or nobody wants it any more", async () => {
  const bytes = wavOf(new Float32Array(16_000), { rate: 16_000, channels: 1, bits: 16 });
  await assert.rejects(pcmOf(bytes, "a", { seconds: 60, time: 0 }), refused("audio-slow"));
  const stop = new AbortController();
  const decoding = decodeAudio({ name: "a", bytes }, limits, stop.signal);
  stop.abort();
  await assert.rejects(
    decoding.next(),
    (error) => error === stop.signal.reason || error instanceof ApprenticeError,
  );
});

test("what only ffmpeg can read is read by it, or asks for it", async (context) => {
  const aac = fixture("words.m4a");
  const hasFfmpeg = spawnSync("ffmpeg", ["-version"]).error === undefined;
  if (hasFfmpeg) assert.equal(await textOf(aac), words);
  else {
    context.diagnostic("no ffmpeg here: only the refusal is checked");
    await assert.rejects(pcmOf(aac), refused("audio-needs-ffmpeg"));
  }
});

test("noise in the place of packets is a damaged file, not a crash", async () => {
  const bytes = (await ogg("один два три")).slice();
  for (let at = 600; at < bytes.length; at++) if (at % 3 === 0) bytes[at] = (at * 7919) & 255;
  await pcmOf(bytes).catch((error: unknown) => {
    assert.ok(error instanceof ApprenticeError && error.code.startsWith("audio-"));
  });
});
