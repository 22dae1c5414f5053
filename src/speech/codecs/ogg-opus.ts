import {
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacket,
  OggOutputFormat,
  Output,
} from "mediabunny";
import type { VoiceMessage } from "../../core/platform.ts";
import { playedFrameSamples, playedRate } from "../../core/voice.ts";
import { createResampler } from "./resample.ts";
import { openOpusEncoder } from "./opus.ts";

/** Discord draws so many points at most. */
const longestWaveform = 256;
/** Points of the waveform in a second, while there is room for so many. */
const pointsPerSecond = 10;

/** Writes sound as a voice message. The pieces have one channel and all the same rate. */
export async function writeVoiceMessage(
  sound: AsyncIterable<{ readonly pcm: Float32Array; readonly rate: number }>,
): Promise<VoiceMessage> {
  const source = new EncodedAudioPacketSource("opus");
  const target = new BufferTarget();
  const output = new Output({ format: new OggOutputFormat(), target });
  output.addAudioTrack(source);
  await output.start();
  const encoder = await openOpusEncoder();
  const loudness: number[] = [];
  let waiting = new Float32Array(0);
  let frames = 0;
  const config = {
    codec: "opus",
    sampleRate: playedRate,
    numberOfChannels: 1,
    description: opusHead,
  };
  const encode = async (frame: Float32Array): Promise<void> => {
    loudness.push(
      Math.sqrt(frame.reduce((sum, sample) => sum + sample * sample, 0) / frame.length),
    );
    const seconds = playedFrameSamples / playedRate;
    const packet = new EncodedPacket(encoder.encode(frame), "key", frames * seconds, seconds);
    await source.add(packet, frames === 0 ? { decoderConfig: config } : undefined);
    frames += 1;
  };
  const add = async (pcm: Float32Array): Promise<void> => {
    const joined = new Float32Array(waiting.length + pcm.length);
    joined.set(waiting);
    joined.set(pcm, waiting.length);
    let at = 0;
    for (; at + playedFrameSamples <= joined.length; at += playedFrameSamples)
      await encode(joined.subarray(at, at + playedFrameSamples));
    waiting = joined.slice(at);
  };
  try {
    let resampler: ReturnType<typeof createResampler> | undefined;
    for await (const { pcm, rate } of sound) {
      resampler ??= createResampler(rate, playedRate);
      await add(resampler.push(pcm));
    }
    if (resampler) await add(resampler.flush());
    if (waiting.length > 0 || frames === 0)
      await add(new Float32Array(playedFrameSamples - waiting.length));
  } finally {
    encoder.close();
  }
  await output.finalize();
  const duration = (frames * playedFrameSamples) / playedRate;
  return {
    bytes: new Uint8Array(target.buffer!),
    duration,
    waveform: waveformOf(loudness, duration),
  };
}

/** RFC 7845, 5.1: version 1, one channel, 312 samples to skip, 48 kHz, no gain, mapping family 0. */
const opusHead = Buffer.concat([
  Buffer.from("OpusHead"),
  Buffer.from("01013801" + "80bb0000" + "000000", "hex"),
]);

/** The loudest of each stretch, on a scale that ends with the loudest of all. */
function waveformOf(loudness: readonly number[], duration: number): Uint8Array {
  const points = Math.max(1, Math.min(longestWaveform, Math.round(duration * pointsPerSecond)));
  const loudest = loudness.reduce((most, value) => Math.max(most, value), 1e-4);
  return Uint8Array.from({ length: points }, (_, point) => {
    const from = Math.floor((point * loudness.length) / points);
    const to = Math.max(from + 1, Math.floor(((point + 1) * loudness.length) / points));
    const peak = loudness.slice(from, to).reduce((most, value) => Math.max(most, value), 0);
    return Math.round((peak / loudest) * 255);
  });
}
