import { BitReader } from "./bit-reader.ts";
import { mixed, type PacketDecoder, type Track } from "./packet-decoder.ts";

/** FLAC frames (RFC 9639) to one channel, -1..1. `depth`: bits per sample, from STREAMINFO. */
export const flacDecoder = ({ rate }: Track, depth: number): PacketDecoder => ({
  rate,
  decode(packet) {
    const bits = new BitReader(packet);
    const { size, channels, bitsPerSample } = readHeader(bits, depth);
    const subframes = readSubframes(bits, channels, size, bitsPerSample);
    const scale = 2 ** (bitsPerSample - 1);
    return mixed(size, subframes.length, (index, channel) => subframes[channel]![index]! / scale);
  },
});

/** Bits per sample of a STREAMINFO block (RFC 9639, 8.2), after `fLaC` and the block's header. */
export function flacDepth(description: Uint8Array): number {
  const bits = new BitReader(description);
  const hasMagic = bits.unsigned(32) === 0x664c6143;
  bits.position = (hasMagic ? 8 : 0) * 8 + 10 * 8 + 20 + 3;
  return bits.unsigned(5) + 1;
}

type Header = {
  readonly size: number;
  readonly channels: number;
  readonly bitsPerSample: number;
};

/** RFC 9639, 9.1. */
function readHeader(bits: BitReader, depth: number): Header {
  if (bits.unsigned(15) !== 0x7ffc) throw new RangeError("no FLAC frame");
  bits.unsigned(1);
  const sizeCode = bits.unsigned(4);
  const rateCode = bits.unsigned(4);
  const channels = bits.unsigned(4);
  const depthCode = bits.unsigned(3);
  bits.unsigned(1);
  skipCodedNumber(bits);
  const size = blockSize(bits, sizeCode);
  if (rateCode === 12) bits.unsigned(8);
  else if (rateCode === 13 || rateCode === 14) bits.unsigned(16);
  bits.unsigned(8);
  const bitsPerSample = [depth, 8, 12, 0, 16, 20, 24, 32][depthCode]!;
  if (size === 0 || bitsPerSample === 0 || channels > 10) throw new RangeError("reserved value");
  return { size, channels, bitsPerSample };
}

/** The number of the frame, coded as UTF-8 codes characters. */
function skipCodedNumber(bits: BitReader): void {
  const first = bits.unsigned(8);
  for (let mask = 0x40; first & 0x80 && first & mask; mask >>= 1) bits.unsigned(8);
}

function blockSize(bits: BitReader, code: number): number {
  if (code === 1) return 192;
  if (code <= 5) return code === 0 ? 0 : 576 << (code - 2);
  if (code === 6) return bits.unsigned(8) + 1;
  if (code === 7) return bits.unsigned(16) + 1;
  return 256 << (code - 8);
}

/** Channels of their own (codes 0 to 7), or two of which one or both are differences. */
function readSubframes(
  bits: BitReader,
  code: number,
  size: number,
  depth: number,
): readonly Int32Array[] {
  if (code < 8) return Array.from({ length: code + 1 }, () => readSubframe(bits, size, depth));
  const first = readSubframe(bits, size, code === 9 ? depth + 1 : depth);
  const second = readSubframe(bits, size, code === 9 ? depth : depth + 1);
  for (let index = 0; index < size; index++) {
    const [a, b] = [first[index]!, second[index]!];
    if (code === 8) second[index] = a - b;
    else if (code === 9) first[index] = a + b;
    else {
      const middle = (a << 1) | (b & 1);
      first[index] = (middle + b) >> 1;
      second[index] = (middle - b) >> 1;
    }
  }
  return [first, second];
}

/** RFC 9639, 9.2. */
function readSubframe(bits: BitReader, size: number, depth: number): Int32Array {
  bits.unsigned(1);
  const kind = bits.unsigned(6);
  const wasted = bits.unsigned(1) === 1 ? bits.unary() + 1 : 0;
  const samples = new Int32Array(size);
  const width = depth - wasted;
  if (kind === 0) samples.fill(bits.signed(width));
  else if (kind === 1)
    for (let index = 0; index < size; index++) samples[index] = bits.signed(width);
  else if (kind >= 8 && kind <= 12) {
    const order = kind - 8;
    readWarmUp(bits, samples, order, width);
    readResidual(bits, samples, order);
    predict(samples, fixedCoefficients[order]!, 0);
  } else if (kind >= 32) {
    const order = kind - 31;
    readWarmUp(bits, samples, order, width);
    const precision = bits.unsigned(4) + 1;
    const shift = bits.signed(5);
    const coefficients = Array.from({ length: order }, () => bits.signed(precision));
    readResidual(bits, samples, order);
    predict(samples, coefficients, shift);
  } else throw new RangeError("reserved subframe");
  if (wasted > 0) for (let index = 0; index < size; index++) samples[index]! <<= wasted;
  return samples;
}

/** The weights of the samples before, newest first, of the fixed predictors (RFC 9639, 9.2.5). */
const fixedCoefficients: readonly (readonly number[])[] = [
  [],
  [1],
  [2, -1],
  [3, -3, 1],
  [4, -6, 4, -1],
];

function readWarmUp(bits: BitReader, samples: Int32Array, order: number, width: number): void {
  for (let index = 0; index < order; index++) samples[index] = bits.signed(width);
}

/** Rice-coded differences (RFC 9639, 9.2.7), into the places of the samples they belong to. */
function readResidual(bits: BitReader, samples: Int32Array, order: number): void {
  const parameterBits = bits.unsigned(2) === 0 ? 4 : 5;
  const partitions = 1 << bits.unsigned(4);
  const escape = (1 << parameterBits) - 1;
  const length = samples.length / partitions;
  let at = order;
  for (let partition = 1; partition <= partitions; partition++) {
    const parameter = bits.unsigned(parameterBits);
    const plainBits = parameter === escape ? bits.unsigned(5) : 0;
    for (const end = partition * length; at < end; at++) {
      if (parameter === escape) samples[at] = bits.signed(plainBits);
      else {
        const folded = bits.unary() * 2 ** parameter + bits.unsigned(parameter);
        samples[at] = folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2;
      }
    }
  }
}

/** Adds what the samples before foretell to each difference. */
function predict(samples: Int32Array, coefficients: readonly number[], shift: number): void {
  const divisor = 2 ** shift;
  for (let index = coefficients.length; index < samples.length; index++) {
    let sum = 0;
    for (let tap = 0; tap < coefficients.length; tap++)
      sum += coefficients[tap]! * samples[index - 1 - tap]!;
    samples[index]! += Math.floor(sum / divisor);
  }
}
