import { once } from "node:events";
import { playedFrameSamples, playedRate } from "../../../../src/core/voice.ts";
import { JitterBuffer } from "../../../../src/platforms/discord/voice/jitter-buffer.ts";
import { openOpusDecoder, openOpusEncoder } from "../../../../src/speech/codecs/opus.ts";
import { createWordReader } from "../../../../src/speech/modem/read-words.ts";
import { writeWords } from "../../../../src/speech/modem/write-words.ts";
import { asFloat } from "../../../../src/speech/samples.ts";
import { silenceFrame } from "../../../doubles/discord-voice/opcodes.ts";
import type { SimulatedPerson } from "../../../doubles/discord-voice/person.ts";

/** A person whose mouth and ears carry text in real sound: words only pass if the sound really did. */
export type Talker = {
  readonly person: SimulatedPerson;
  /** Says a text in real time; resolves at its end with the moments of its first and last sound. */
  say(
    text: string,
    signal?: AbortSignal,
  ): Promise<{ readonly first: number; readonly last: number }>;
  /** Sound without words, such as a cough, of so many 20 ms frames. */
  cough(frames: number): Promise<void>;
  /** The words heard since they were last asked for. */
  heard(): string;
  /** Resolves with the words heard once `fits` holds for them. */
  hears(fits: (text: string) => boolean): Promise<string>;
  /** When the frames of sound came since the last `forget`, in milliseconds. */
  readonly sound: readonly number[];
  /** Forgets what was heard so far. */
  forget(): void;
  close(): void;
};

export async function createTalker(person: SimulatedPerson): Promise<Talker> {
  const encoder = await openOpusEncoder();
  const decoder = await openOpusDecoder();
  let reader = createWordReader(16_000);
  let bytes: number[] = [];
  let text = "";
  let sound: number[] = [];
  const take = (pcm: Float32Array): void => {
    for (const packet of reader.push(pcm)) bytes.push(...packet.bytes);
    text = new TextDecoder().decode(Uint8Array.from(bytes)).trim();
  };
  const buffer = new JitterBuffer((frame) => {
    take(asFloat(frame ? decoder.decode(frame) : decoder.conceal()));
    // A word that was cut off must not swallow what is said next.
    if (frame && silenceFrame.equals(frame)) reader = createWordReader(16_000);
  });
  person.on("frame", (frame, _from, sequence) => {
    if (!frame.equals(silenceFrame)) sound.push(performance.now());
    buffer.push(sequence, frame);
  });
  const say = (pcm: Float32Array, signal?: AbortSignal): Promise<void> => {
    const frames: Buffer[] = [];
    for (let at = 0; at < pcm.length; at += playedFrameSamples) {
      const frame = new Float32Array(playedFrameSamples);
      frame.set(pcm.subarray(at, at + playedFrameSamples));
      frames.push(Buffer.from(encoder.encode(frame)));
    }
    return person.say(frames, signal);
  };
  return {
    person,
    async say(text, signal) {
      const { pcm, words } = writeWords(text, playedRate);
      const begun = performance.now();
      await say(pcm, signal);
      const at = (seconds = 0): number => begun + seconds * 1_000;
      return { first: at(words[0]?.start), last: at(words.at(-1)?.end) };
    },
    cough: (frames) => say(noise(frames * playedFrameSamples)),
    heard() {
      take(new Float32Array(1_600));
      return text;
    },
    async hears(fits) {
      while (!fits(text)) {
        await once(person, "frame", { signal: AbortSignal.timeout(15_000) });
        if (!fits(text)) take(new Float32Array(0));
      }
      return text;
    },
    get sound() {
      return sound;
    },
    forget() {
      bytes = [];
      reader = createWordReader(16_000);
      text = "";
      sound = [];
    },
    close() {
      buffer.close();
      encoder.close();
      decoder.close();
    },
  };
}

/** Noise as loud as speech, the same each time. */
function noise(length: number): Float32Array {
  let state = 1;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state / 2 ** 31 - 1) * 0.5;
  });
}
