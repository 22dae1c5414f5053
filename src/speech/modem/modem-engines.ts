import { ApprenticeError } from "../../core/errors.ts";
import { heardRate, playedRate } from "../../core/voice.ts";
import { asFloat } from "../samples.ts";
import type { Listener, SpeechToText } from "../stt/speech-to-text.ts";
import type { TextToSpeech } from "../tts/text-to-speech.ts";
import { createWordReader } from "./read-words.ts";
import { writeWords } from "./write-words.ts";

/** Pieces of sound are given out in this length, in seconds. */
const pieceLength = 0.2;

/** Speaks by the modem: any text, exactly, in any language. */
export const modemTextToSpeech: TextToSpeech = {
  name: "modem",
  async *speak(text, { signal }) {
    const { pcm, words } = writeWords(text, playedRate);
    const step = pieceLength * playedRate;
    for (let from = 0; from < pcm.length; from += step) {
      if (signal?.aborted) throw new ApprenticeError("cancelled", {}, { cause: signal.reason });
      const piece = pcm.subarray(from, from + step);
      yield { pcm: piece, rate: playedRate, ...(from === 0 && { words }) };
    }
  },
};

/** Understands what the modem spoke, word by word while it comes. */
export const modemSpeechToText: SpeechToText = {
  name: "modem",
  async transcribe(pcm, { signal }) {
    if (signal?.aborted) throw new ApprenticeError("cancelled", {}, { cause: signal.reason });
    const listener = createListener();
    listener.push(pcm);
    return listener.finish();
  },
  listen: createListener,
};

/** Enough silence to read what is still in the reader. */
const flush = new Float32Array(heardRate / 10);

function createListener(): Listener {
  let reader = createWordReader(heardRate);
  let bytes: number[] = [];
  const take = (pcm: Float32Array): boolean => {
    const packets = reader.push(pcm);
    for (const packet of packets) bytes.push(...packet.bytes);
    return packets.length > 0;
  };
  const text = (): string => new TextDecoder().decode(Uint8Array.from(bytes));
  return {
    push: (pcm) => (take(asFloat(pcm)) ? text() : undefined),
    async finish() {
      take(flush);
      const said = text();
      bytes = [];
      // A word that was cut off must not swallow what is said next.
      reader = createWordReader(heardRate);
      return { text: said.trim() };
    },
    close() {},
  };
}
