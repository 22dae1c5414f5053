/** How the samples of a WAV file are written. */
export type WavForm = {
  readonly rate: number;
  readonly channels: number;
  readonly bits: 8 | 16 | 24 | 32;
  readonly float?: boolean;
};

/** A WAV file (RIFF, extensible for more than two channels) with the same sound on each channel. */
export function wavOf(
  pcm: Float32Array,
  { rate, channels, bits, float = false }: WavForm,
): Uint8Array {
  const bytes = bits / 8;
  const data = Buffer.alloc(pcm.length * channels * bytes);
  pcm.forEach((sample, index) => {
    for (let channel = 0; channel < channels; channel++) {
      const at = (index * channels + channel) * bytes;
      if (float) data.writeFloatLE(sample, at);
      else if (bits === 8) data.writeUInt8(Math.round(sample * 127) + 128, at);
      else data.writeIntLE(Math.round(sample * (2 ** (bits - 1) - 1)), at, bytes);
    }
  });
  const extensible = channels > 2;
  const format = Buffer.alloc(extensible ? 40 : 16);
  format.writeUInt16LE(extensible ? 0xfffe : float ? 3 : 1, 0);
  format.writeUInt16LE(channels, 2);
  format.writeUInt32LE(rate, 4);
  format.writeUInt32LE(rate * channels * bytes, 8);
  format.writeUInt16LE(channels * bytes, 12);
  format.writeUInt16LE(bits, 14);
  if (extensible) {
    format.writeUInt16LE(22, 16);
    format.writeUInt16LE(bits, 18);
    format.write(float ? "0300" : "0100", 24, "hex");
    format.write("000000001000800000aa00389b71", 26, "hex");
  }
  return Buffer.concat([
    Buffer.from("RIFF"),
    sizeOf(4 + 8 + format.length + 8 + data.length),
    Buffer.from("WAVEfmt "),
    sizeOf(format.length),
    format,
    Buffer.from("data"),
    sizeOf(data.length),
    data,
  ]);
}

function sizeOf(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
