import { wavStart } from "../codecs/wav.ts";
import { garbled, postSpeech, speechFailure, type SpeechServer } from "../http-request.ts";
import { asFloat } from "../samples.ts";
import type { SpokenAudio, TextToSpeech } from "./text-to-speech.ts";

/** What OpenAI's `pcm` is: 24 kHz, 16-bit little-endian, one channel. */
const usualRate = 24_000;
/** The voice that OpenAI's servers know, for servers that insist on one. */
const usualVoice = "alloy";
/** The header of a WAV file is within so many bytes. */
const longestHeader = 4_096;

/**
 * Any server with OpenAI's `/v1/audio/speech`, as raw samples that are played while the rest is
 * made. A server that answers with WAV instead is understood too, and so is a rate in its
 * content type.
 */
export const createHttpTextToSpeech = (server: SpeechServer, model: string): TextToSpeech => ({
  name: `openai-http/${model}`,
  async *speak(text, { voice, signal }) {
    const response = await postSpeech(
      server,
      {
        path: "audio/speech",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({
          model,
          input: text,
          voice: voice || usualVoice,
          response_format: "pcm",
        }),
      },
      signal,
    );
    const type = response.headers.get("content-type") ?? "";
    if (/^(?:text|application\/json|audio\/(?:mpeg|mp3|ogg|aac|flac))/.test(type))
      throw garbled(server, type);
    const rate = Number(/rate=(\d+)/.exec(type)?.[1] ?? usualRate);
    try {
      yield* samplesOf(response, rate);
    } catch (thrown) {
      throw speechFailure(server, thrown, signal);
    }
  },
});

async function* samplesOf(response: Response, told: number): AsyncGenerator<SpokenAudio> {
  let rate = told;
  let waiting: Uint8Array = new Uint8Array(0);
  let isStart = true;
  for await (const chunk of response.body ?? []) {
    waiting = Buffer.concat([waiting, chunk]);
    if (isStart && startsLikeWav(waiting)) {
      const start = wavStart(waiting);
      if (!start && waiting.length < longestHeader) continue;
      if (start) {
        rate = start.rate;
        waiting = waiting.subarray(start.at);
      }
    }
    isStart = false;
    const even = waiting.length & ~1;
    if (even === 0) continue;
    yield { pcm: asFloat(new Int16Array(Uint8Array.from(waiting.subarray(0, even)).buffer)), rate };
    waiting = waiting.subarray(even);
  }
}

const startsLikeWav = (bytes: Uint8Array): boolean =>
  bytes.length < 4 || Buffer.from(bytes.subarray(0, 4)).toString("latin1") === "RIFF";
