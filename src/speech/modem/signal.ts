// The modem writes text into sound and reads it back: 4 bands of 16 tones, one tone of each band at a
// time, so a symbol of 20 ms carries 16 bits. Each word is a packet of its own, found by a rising
// chirp and checked by a CRC. Everything lies between 500 and 6800 Hz, so it survives Opus at
// 64 kbit/s and resampling to 16 kHz. For tests and `doctor --voice`: a test passes only when the
// words really travelled.

/** In seconds. */
export const symbolLength = 0.02;
export const bands = 4;
export const tonesPerBand = 16;
/** The longest payload of a packet, in bytes; longer words are cut. */
export const longestPayload = 200;

const lowestTone = 500;
const toneDistance = 100;
/** Symbols begin and end softly, in seconds. */
export const symbolRamp = 0.002;

const chirpLength = 0.04;
const chirpFrom = 700;
const chirpTo = 6600;

/** The frequency of a tone of a band, in hertz. */
export const toneFrequency = (band: number, tone: number): number =>
  lowestTone + (band * tonesPerBand + tone) * toneDistance;

/** The rising tone before each packet; a steep sound is found to the sample by correlation. */
export function chirp(rate: number): Float32Array {
  const length = Math.round(chirpLength * rate);
  return Float32Array.from({ length }, (_, index) => {
    const seconds = index / rate;
    const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / length);
    const phase =
      chirpFrom * seconds + ((chirpTo - chirpFrom) * seconds * seconds) / (2 * chirpLength);
    return Math.sin(2 * Math.PI * phase) * Math.sqrt(window);
  });
}

/** CRC-16/CCITT-FALSE: polynomial 0x1021, start 0xffff. */
export function crc16(bytes: Iterable<number>): number {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) {
      crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff;
    }
  }
  return crc;
}
