import { once } from "node:events";
import { playedFrameSamples, playedRate } from "../../../../src/core/voice.ts";
import { JitterBuffer } from "../../../../src/platforms/discord/voice/jitter-buffer.ts";
import { openOpusDecoder, openOpusEncoder } from "../../../../src/speech/codecs/opus.ts";
import { createWordReader } from "../../../../src/speech/modem/read-words.ts";
import { writeWords } from "../../../../src/speech/modem/write-words.ts";
import { asFloat } from "../../../../src/speech/samples.ts";
import { silenceFrame } from "../../../doubles/discord-voice/opcodes.ts";
import type { SimulatedPerson } from "../../../doubles/discord-voice/person.ts";

/** A burst of speech as it was heard. */
type Burst = { text: string; readonly begun: number; last: number };

/** A person whose mouth and ears carry text in real sound: words only pass if the sound really did. */
export type Talker = {
  readonly person: SimulatedPerson;
  /** Says a text in real time; resolves at its end. */
  say(text: string, signal?: AbortSignal): Promise<void>;
  /** Sound without words, such as a cough, of so many 20 ms frames. */
  cough(frames: number): Promise<void>;
  /** The words heard since they were last asked for. */
  heard(): string;
  /** Resolves with the words heard once `fits` holds for them. */
  hears(fits: (text: string) => boolean): Promise<string>;
  /** When the first and the latest frame of sound came, in milliseconds. */
  readonly sound: { readonly first: number; readonly last: number };
  /** Forgets what was heard so far. */
  forget(): void;
  close(): void;
};

export async function createTalker(person: SimulatedPerson): Promise<Talker> {
  const encoder = await openOpusEncoder();
  const decoder = await openOpusDecoder();
  let reader = createWordReader(16_000);
  let bytes: number[] = [];
  let burst: Burst = { text: "", begun: 0, last: 0 };
  const take = (pcm: Float32Array): void => {
    for (const packet of reader.push(pcm)) bytes.push(...packet.bytes);
    burst.text = new TextDecoder().decode(Uint8Array.from(bytes));
  };
  const buffer = new JitterBuffer((frame) => {
    take(asFloat(frame ? decoder.decode(frame) : decoder.conceal()));
  });
  person.on("frame", (frame, _from, sequence) => {
    if (!frame.equals(silenceFrame)) {
      const now = performance.now();
      burst = { text: burst.text, begun: burst.begun || now, last: now };
    }
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
    say: (text, signal) => say(writeWords(text, playedRate).pcm, signal),
    cough: (frames) => say(noise(frames * playedFrameSamples)),
    heard() {
      take(new Float32Array(1_600));
      return burst.text.trim();
    },
    async hears(fits) {
      while (!fits(burst.text.trim())) {
        await once(person, "frame", { signal: AbortSignal.timeout(15_000) });
        if (!fits(burst.text.trim())) take(new Float32Array(0));
      }
      return burst.text.trim();
    },
    get sound() {
      return { first: burst.begun, last: burst.last };
    },
    forget() {
      bytes = [];
      reader = createWordReader(16_000);
      burst = { text: "", begun: 0, last: 0 };
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
