import {
  bands,
  chirp,
  crc16,
  longestPayload,
  symbolLength,
  symbolRamp,
  toneFrequency,
  tonesPerBand,
} from "./signal.ts";

/** A packet that came whole. */
export type ReadPacket = {
  readonly bytes: Uint8Array;
  /** Counts the packets of a text, modulo 128. */
  readonly index: number;
  readonly isLast: boolean;
  /** Seconds since the reader began. */
  readonly start: number;
  readonly end: number;
};

/** Reads packets out of sound as it comes; a damaged packet is a lost word, as in life. */
export type WordReader = { push(pcm: Float32Array): ReadPacket[] };

/** Least correlation with the chirp, 0..1. */
const threshold = 0.35;
/** How far around a found chirp its best place is searched, in samples. */
const vicinity = 64;
/** Where the search goes on after a packet that was none. */
const stepAfterFailure = 80;
/** Quieter than this there is no chirp, and no need to correlate. */
const silence = 1e-3;

/** A reader of sound with `rate` samples per second, at least 16 000. */
export function createWordReader(rate: number): WordReader {
  const pattern = chirp(rate);
  const patternEnergy = Math.sqrt(pattern.reduce((sum, sample) => sum + sample * sample, 0));
  const symbol = Math.round(symbolLength * rate);
  const readSymbol = createSymbolReader(rate, symbol);
  let buffer = new Float32Array(0);
  /** Samples that were dropped from the front of `buffer`. */
  let dropped = 0;
  let position = 0;

  const likeness = (at: number): number => {
    let [product, energy] = [0, 1e-9];
    for (let index = 0; index < pattern.length; index++) {
      const sample = buffer[at + index]!;
      product += sample * pattern[index]!;
      energy += sample * sample;
    }
    return Math.abs(product) / (patternEnergy * Math.sqrt(energy) + 1e-4);
  };

  /** Moves `position` to the next chirp; false when more sound is needed. */
  const findChirp = (): boolean => {
    const middle = pattern.length >> 1;
    for (const limit = buffer.length - pattern.length - vicinity; position < limit; position += 1) {
      const isSilent =
        Math.abs(buffer[position + middle]!) < silence &&
        Math.abs(buffer[position + middle + 7]!) < silence;
      if (isSilent) position += 1;
      else if (likeness(position) > threshold) {
        position = bestNear(position, likeness);
        return true;
      }
    }
    return false;
  };

  /** The packet at `position`; "more" when it is not here as a whole yet, "none" when it is none. */
  const readPacket = (): ReadPacket | "more" | "none" => {
    const from = position + pattern.length;
    if (buffer.length < from + symbol) return "more";
    const header = readSymbol(buffer, from);
    const length = header >> 8;
    if (length === 0 || length > longestPayload) return "none";
    const symbols = Math.ceil((length + 4) / 2);
    const to = from + symbols * symbol;
    if (buffer.length < to) return "more";
    const body: number[] = [];
    for (let index = 0; index < symbols; index++) {
      const value = readSymbol(buffer, from + index * symbol);
      body.push(value >> 8, value & 255);
    }
    const crc = (body[length + 2]! << 8) | body[length + 3]!;
    if (crc16(body.slice(0, length + 2)) !== crc) return "none";
    return {
      bytes: Uint8Array.from(body.slice(2, length + 2)),
      index: (header & 255) >> 1,
      isLast: (header & 1) === 1,
      start: (dropped + position) / rate,
      end: (dropped + to) / rate,
    };
  };

  return {
    push(pcm) {
      buffer = joined(buffer, pcm);
      const packets: ReadPacket[] = [];
      while (findChirp()) {
        const packet = readPacket();
        if (packet === "more") break;
        if (packet === "none") position += stepAfterFailure;
        else {
          packets.push(packet);
          position = Math.round(packet.end * rate) - dropped - 8;
        }
      }
      const unneeded = Math.max(0, position - vicinity);
      buffer = buffer.slice(unneeded);
      dropped += unneeded;
      position -= unneeded;
      return packets;
    },
  };
}

function bestNear(from: number, likeness: (at: number) => number): number {
  let [best, bestLikeness] = [from, likeness(from)];
  for (let at = from + 1; at < from + vicinity; at++) {
    const here = likeness(at);
    if (here > bestLikeness) [best, bestLikeness] = [at, here];
  }
  return best;
}

/** Finds the loudest tone of each band in a symbol, by correlation with sine and cosine. */
function createSymbolReader(rate: number, symbol: number) {
  const ramp = Math.round(symbolRamp * rate);
  const length = symbol - 2 * ramp;
  const waves = Array.from({ length: bands * tonesPerBand }, (_, tone) => {
    const step =
      (2 * Math.PI * toneFrequency(Math.floor(tone / tonesPerBand), tone % tonesPerBand)) / rate;
    return {
      cosine: Float32Array.from({ length }, (_sample, at) => Math.cos(step * at)),
      sine: Float32Array.from({ length }, (_sample, at) => Math.sin(step * at)),
    };
  });
  const power = (buffer: Float32Array, from: number, tone: number): number => {
    const { cosine, sine } = waves[tone]!;
    let [real, imaginary] = [0, 0];
    for (let at = 0; at < length; at++) {
      const sample = buffer[from + at]!;
      real += sample * cosine[at]!;
      imaginary += sample * sine[at]!;
    }
    return real * real + imaginary * imaginary;
  };
  return (buffer: Float32Array, from: number): number => {
    let value = 0;
    for (let band = 0; band < bands; band++) {
      let [loudest, best] = [-1, 0];
      for (let tone = 0; tone < tonesPerBand; tone++) {
        const here = power(buffer, from + ramp, band * tonesPerBand + tone);
        if (here > loudest) [loudest, best] = [here, tone];
      }
      value |= best << (4 * band);
    }
    return value;
  };
}

function joined(first: Float32Array, second: Float32Array): Float32Array<ArrayBuffer> {
  const both = new Float32Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
