import { mixed, type PacketDecoder, type Track } from "./packet-decoder.ts";

/** How many bytes a sample has, and how to read it as -1..1. */
type SampleForm = {
  readonly bytes: number;
  read(view: DataView, at: number): number;
};

const forms: Readonly<Record<string, SampleForm>> = {
  "pcm-u8": { bytes: 1, read: (view, at) => (view.getUint8(at) - 128) / 128 },
  "pcm-s8": { bytes: 1, read: (view, at) => view.getInt8(at) / 128 },
  "pcm-s16": { bytes: 2, read: (view, at) => view.getInt16(at, true) / 2 ** 15 },
  "pcm-s16be": { bytes: 2, read: (view, at) => view.getInt16(at) / 2 ** 15 },
  "pcm-s24": {
    bytes: 3,
    read: (view, at) => ((view.getInt8(at + 2) << 16) | view.getUint16(at, true)) / 2 ** 23,
  },
  "pcm-s24be": {
    bytes: 3,
    read: (view, at) => ((view.getInt8(at) << 16) | view.getUint16(at + 1)) / 2 ** 23,
  },
  "pcm-s32": { bytes: 4, read: (view, at) => view.getInt32(at, true) / 2 ** 31 },
  "pcm-s32be": { bytes: 4, read: (view, at) => view.getInt32(at) / 2 ** 31 },
  "pcm-f32": { bytes: 4, read: (view, at) => view.getFloat32(at, true) },
  "pcm-f32be": { bytes: 4, read: (view, at) => view.getFloat32(at) },
  "pcm-f64": { bytes: 8, read: (view, at) => view.getFloat64(at, true) },
  "pcm-f64be": { bytes: 8, read: (view, at) => view.getFloat64(at) },
  ulaw: { bytes: 1, read: (view, at) => fromMuLaw(view.getUint8(at)) },
  alaw: { bytes: 1, read: (view, at) => fromALaw(view.getUint8(at)) },
};

/** Plain samples, as WAV files hold them; `undefined` for any other codec. */
export function pcmDecoder({ codec, channels, rate }: Track): PacketDecoder | undefined {
  const form = forms[codec];
  if (!form) return undefined;
  const frame = form.bytes * channels;
  return {
    rate,
    decode(packet) {
      const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
      return mixed(Math.floor(packet.byteLength / frame), channels, (index, channel) =>
        form.read(view, index * frame + channel * form.bytes),
      );
    },
  };
}

/** ITU-T G.711, mu-law. */
function fromMuLaw(byte: number): number {
  const value = ~byte & 0xff;
  const magnitude = (((value & 0x0f) << 3) + 0x84) << ((value & 0x70) >> 4);
  return (value & 0x80 ? 0x84 - magnitude : magnitude - 0x84) / 2 ** 15;
}

/** ITU-T G.711, A-law. */
function fromALaw(byte: number): number {
  const value = byte ^ 0x55;
  const exponent = (value & 0x70) >> 4;
  const mantissa = (value & 0x0f) << 4;
  const magnitude = exponent === 0 ? mantissa + 8 : (mantissa + 0x108) << (exponent - 1);
  return (value & 0x80 ? magnitude : -magnitude) / 2 ** 15;
}
