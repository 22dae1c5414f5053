/** Decodes the packets of one track, in order, to one channel. */
export type PacketDecoder = {
  /** Samples per second of what `decode` gives. */
  readonly rate: number;
  /** The sound of one packet, -1..1. Throws anything for a packet that is damaged. */
  decode(packet: Uint8Array): Float32Array;
  close?(): void;
};

/** What a decoder needs to know of a track. */
export type Track = {
  /** As mediabunny names it: `opus`, `mp3`, `flac`, `pcm-s16`, ... */
  readonly codec: string;
  readonly channels: number;
  readonly rate: number;
};

/** One channel of many: their average. `at` gives a sample of a channel. */
export function mixed(
  length: number,
  channels: number,
  at: (index: number, channel: number) => number,
): Float32Array {
  const mono = new Float32Array(length);
  for (let index = 0; index < length; index++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += at(index, channel);
    mono[index] = sum / channels;
  }
  return mono;
}
