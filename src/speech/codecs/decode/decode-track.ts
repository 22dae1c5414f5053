import {
  ADTS,
  CustomSource,
  EncodedPacketSink,
  FLAC,
  Input,
  type InputAudioTrack,
  MATROSKA,
  MP3,
  MP4,
  OGG,
  QTFF,
  WAVE,
  WEBM,
} from "mediabunny";
import { heardRate } from "../../../core/voice.ts";
import { asInteger } from "../../samples.ts";
import { createResampler } from "../resample.ts";
import { DecodeFailure } from "./decode-task.ts";
import { openPacketDecoder } from "./open-decoder.ts";

// Not every format that the library knows: some of them fetch further files from addresses within.
const formats = [OGG, MP3, WAVE, FLAC, WEBM, MATROSKA, MP4, QTFF, ADTS];

/** Samples in a piece: one second. */
const pieceLength = heardRate;
/** So many damaged packets in a row are the end of what can be used. */
const damagedInARow = 50;

/** A file that is read in parts. */
export type FileParts = {
  readonly size: number;
  read(start: number, end: number): Promise<Uint8Array>;
};

export type DecodedTrack =
  | { readonly pieces: AsyncIterable<Int16Array<ArrayBuffer>> }
  | { readonly unsupported: string };

/**
 * The first audio track of a file as 16 kHz mono, in pieces of a second. What the file is, its bytes
 * decide. Throws a `DecodeFailure`: `audio-format`, `audio-too-long`, `audio-empty`, `audio-damaged`.
 */
export async function decodeTrack(file: FileParts, seconds: number): Promise<DecodedTrack> {
  const input = openInput(file);
  const track = await input.getPrimaryAudioTrack().catch((cause: unknown) => {
    throw new DecodeFailure("audio-format", {}, { cause });
  });
  if (!track) throw new DecodeFailure("audio-empty");
  const codec = await track.getCodec();
  const config = await track.getDecoderConfig().catch(() => null);
  const decoder = await openPacketDecoder(
    {
      codec: codec ?? "unknown",
      channels: await track.getNumberOfChannels(),
      rate: await track.getSampleRate(),
    },
    bytesOf(config?.description),
  );
  if (!decoder) return { unsupported: codec ?? "unknown" };
  const told = await toldDuration(file);
  if (told > seconds) throw tooLong(told, seconds);

  async function* samples(): AsyncGenerator<Float32Array> {
    let damaged = 0;
    let heard = 0;
    for await (const packet of packetsOf(track!)) {
      try {
        const pcm = decoder!.decode(packet);
        heard += pcm.length / decoder!.rate;
        damaged = 0;
        yield pcm;
      } catch (cause) {
        damaged += 1;
        if (damaged >= damagedInARow) throw new DecodeFailure("audio-damaged", {}, { cause });
      }
      if (heard > seconds) throw tooLong(heard, seconds);
    }
    if (heard === 0) throw new DecodeFailure(damaged > 0 ? "audio-damaged" : "audio-empty");
  }

  async function* pieces(): AsyncGenerator<Int16Array<ArrayBuffer>> {
    const resampler = createResampler(decoder!.rate, heardRate);
    let waiting: Float32Array[] = [];
    let length = 0;
    const add = (pcm: Float32Array): void => {
      waiting.push(pcm);
      length += pcm.length;
    };
    const take = (): Int16Array<ArrayBuffer> => {
      const whole = new Float32Array(length);
      let at = 0;
      for (const pcm of waiting) {
        whole.set(pcm, at);
        at += pcm.length;
      }
      [waiting, length] = [[], 0];
      return asInteger(whole);
    };
    try {
      for await (const pcm of samples()) {
        add(resampler.push(pcm));
        if (length >= pieceLength) yield take();
      }
      add(resampler.flush());
      if (length > 0) yield take();
    } finally {
      decoder!.close?.();
    }
  }
  return { pieces: pieces() };
}

/** The packets as far as the file goes: one that breaks off ends there. */
async function* packetsOf(track: InputAudioTrack): AsyncGenerator<Uint8Array> {
  const packets = new EncodedPacketSink(track).packets();
  for (let isFirst = true; ; isFirst = false) {
    const next = await packets.next().catch((cause: unknown) => {
      if (isFirst) throw new DecodeFailure("audio-damaged", {}, { cause });
    });
    if (!next || next.done) return;
    yield next.value.data;
  }
}

/**
 * What the file says that it lasts, in seconds; 0 when it does not say. Read by an input of its own:
 * one that stumbled over the end of a file stays broken.
 */
async function toldDuration(file: FileParts): Promise<number> {
  const track = await openInput(file).getPrimaryAudioTrack();
  return (await track?.computeDuration().catch(() => 0)) ?? 0;
}

const openInput = ({ size, read }: FileParts): Input =>
  new Input({
    formats,
    source: new CustomSource({
      getSize: () => size,
      read,
      maxCacheSize: 1_000_000,
      prefetchProfile: "fileSystem",
      handleUnhandledError: () => {},
    }),
  });

const tooLong = (seconds: number, limit: number): DecodeFailure =>
  new DecodeFailure("audio-too-long", {
    minutes: Math.ceil(seconds / 60),
    limit: Math.floor(limit / 60),
  });

const bytesOf = (
  description: ArrayBuffer | ArrayBufferView | SharedArrayBuffer | undefined,
): Uint8Array | undefined => {
  if (!description) return undefined;
  return ArrayBuffer.isView(description)
    ? new Uint8Array(description.buffer, description.byteOffset, description.byteLength)
    : new Uint8Array(description);
};
