import { createDecoder } from "libopus-wasm";
import { MPEGDecoder } from "mpg123-decoder";
import { heardRate } from "../../../core/voice.ts";
import { asFloat } from "../../samples.ts";
import { flacDecoder, flacDepth } from "./flac-packets.ts";
import { mixed, type PacketDecoder, type Track } from "./packet-decoder.ts";
import { pcmDecoder } from "./pcm-packets.ts";

/**
 * The decoder of a track; `undefined` when there is none for its codec here. `description`: what
 * the container says to a decoder.
 */
export async function openPacketDecoder(
  track: Track,
  description: Uint8Array | undefined,
): Promise<PacketDecoder | undefined> {
  switch (track.codec) {
    case "opus":
      return opusDecoder();
    case "mp3":
      return mpegDecoder(track);
    case "flac":
      return description && flacDecoder(track, flacDepth(description));
    default:
      return pcmDecoder(track);
  }
}

/** Opus resamples by itself: straight to the rate that recognisers take. */
async function opusDecoder(): Promise<PacketDecoder> {
  const decoder = await createDecoder({ channels: 1, sampleRate: heardRate });
  return {
    rate: heardRate,
    decode: (packet) => asFloat(decoder.decode(packet)),
    close: () => decoder.free(),
  };
}

async function mpegDecoder({ rate }: Track): Promise<PacketDecoder> {
  const decoder = new MPEGDecoder({ enableGapless: false });
  await decoder.ready;
  return {
    rate,
    decode(packet) {
      const { channelData, samplesDecoded } = decoder.decodeFrame(packet);
      return mixed(
        samplesDecoded,
        channelData.length,
        (index, channel) => channelData[channel]![index]!,
      );
    },
    close: () => decoder.free(),
  };
}
