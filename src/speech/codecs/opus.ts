import { Application, createDecoder, createEncoder } from "libopus-wasm";
import { ApprenticeError } from "../../core/errors.ts";
import {
  heardFrameSamples,
  heardRate,
  playedFrameSamples,
  playedRate,
  type Speech,
} from "../../core/voice.ts";

/** Encodes 20 ms of 48 kHz mono (960 samples, -1..1) to one packet. Must be closed. */
export type OpusEncoder = { encode(pcm: Float32Array): Uint8Array; close(): void };

/** Bits per second: music quality for one voice. */
const bitrate = 64_000;

export async function openOpusEncoder(): Promise<OpusEncoder> {
  const encoder = await createEncoder({
    channels: 1,
    sampleRate: playedRate,
    application: Application.Audio,
    bitrate,
    frameSize: playedFrameSamples,
  });
  return { encode: (pcm) => encoder.encodeFloat(pcm), close: () => encoder.free() };
}

/**
 * Decodes whatever a speaker sends, mono or stereo, straight to 16 kHz mono: the codec resamples by
 * itself.
 */
export const openOpusDecoder: Speech["openDecoder"] = async () => {
  const decoder = await createDecoder({ channels: 1, sampleRate: heardRate });
  return {
    decode(packet) {
      try {
        return decoder.decode(packet);
      } catch (cause) {
        throw new ApprenticeError("audio-packet", {}, { cause });
      }
    },
    conceal: () => decoder.decodePacketLoss(heardFrameSamples),
    close: () => decoder.free(),
  };
};
