import type { SpokenWord } from "../tts/text-to-speech.ts";
import {
  bands,
  chirp,
  crc16,
  longestPayload,
  symbolLength,
  symbolRamp,
  toneFrequency,
} from "./signal.ts";

/** Silence around the words, in seconds. */
const lead = 0.02;
const gap = 0.04;
const tail = 0.04;
const amplitude = 0.6;

/** A text as sound: one channel at `rate`, with the place of each word. */
export function writeWords(
  text: string,
  rate: number,
): { readonly pcm: Float32Array; readonly words: readonly SpokenWord[] } {
  const packets = packetsOf(text);
  const sounds = packets.map(({ bytes, index }) =>
    soundOf(bytes, index, index === packets.length - 1, rate),
  );
  const samples = (seconds: number): number => Math.round(seconds * rate);
  const silence = samples(lead) + samples(gap) * Math.max(0, sounds.length - 1) + samples(tail);
  const pcm = new Float32Array(sounds.reduce((sum, { length }) => sum + length, silence));
  const words: SpokenWord[] = [];
  let at = samples(lead);
  sounds.forEach((sound, index) => {
    pcm.set(sound, at);
    const { word } = packets[index]!;
    const end = (at + sound.length) / rate;
    const previous = words.at(-1);
    // A long word travels in several packets, and is heard when the last has come.
    if (word === undefined && previous) words[words.length - 1] = { ...previous, end };
    else words.push({ text: word ?? "", start: at / rate, end });
    at += sound.length + samples(gap);
  });
  return { pcm, words };
}

type Packet = { readonly bytes: Uint8Array; readonly index: number; readonly word?: string };

/** The words of a text as packets; `word` stands on the first packet of each. */
function packetsOf(text: string): Packet[] {
  const packets: Packet[] = [];
  for (const word of text.match(/^\s*\S+\s*|\S+\s*/g) ?? []) {
    const bytes = new TextEncoder().encode(word);
    for (let from = 0; from < bytes.length; from += longestPayload) {
      const part = bytes.subarray(from, from + longestPayload);
      packets.push({ bytes: part, index: packets.length, ...(from === 0 && { word }) });
    }
  }
  return packets;
}

/** Chirp, then length, index with the end mark, payload and CRC, two bytes to a symbol. */
function soundOf(payload: Uint8Array, index: number, isLast: boolean, rate: number): Float32Array {
  const body = [payload.length, ((index & 127) << 1) | (isLast ? 1 : 0), ...payload];
  const crc = crc16(body);
  body.push(crc >> 8, crc & 255);
  if (body.length % 2 === 1) body.push(0);
  const start = chirp(rate);
  const symbol = Math.round(symbolLength * rate);
  const sound = new Float32Array(start.length + (symbol * body.length) / 2);
  start.forEach((sample, at) => (sound[at] = sample * amplitude));
  for (let pair = 0; pair < body.length / 2; pair++) {
    const value = (body[2 * pair]! << 8) | body[2 * pair + 1]!;
    addSymbol(sound.subarray(start.length + pair * symbol).subarray(0, symbol), value, rate);
  }
  return sound;
}

function addSymbol(sound: Float32Array, value: number, rate: number): void {
  const ramp = Math.round(symbolRamp * rate);
  for (let band = 0; band < bands; band++) {
    const step = (2 * Math.PI * toneFrequency(band, (value >> (4 * band)) & 15)) / rate;
    for (let at = 0; at < sound.length; at++) {
      const envelope = Math.min(1, at / ramp, (sound.length - 1 - at) / ramp);
      // Different phases keep the bands from peaking together.
      sound[at]! += (amplitude / bands) * envelope * Math.sin(step * at + band * 1.7);
    }
  }
}
