import { ApprenticeError } from "../../core/errors.ts";
import { heardRate } from "../../core/voice.ts";
import { decodeAudio } from "../codecs/decode/decode-audio.ts";
import { getSpeech, speechFailure, type SpeechServer } from "../http-request.ts";
import { asFloat } from "../samples.ts";
import type { TextToSpeech } from "./text-to-speech.ts";

/** What such a service takes in one request, in characters. */
const longestText = 180;
/** For the sound of one request. */
const limits = { seconds: 120, time: 20_000 };

/**
 * An online service that speaks a text given in an address, as translation sites do: `{text}` and
 * `{language}` in the URL are filled in, and any sound file may come back. There is no address by
 * default: whoever names one knows its terms.
 */
export const createTranslateTextToSpeech = (server: SpeechServer): TextToSpeech => ({
  name: "translate-http",
  async *speak(text, { language, signal }) {
    if (signal?.aborted) throw new ApprenticeError("cancelled", {}, { cause: signal.reason });
    for (const part of partsOf(text)) {
      const url = server.url
        .replaceAll("{text}", encodeURIComponent(part))
        .replaceAll("{language}", encodeURIComponent(language));
      const response = await getSpeech({ ...server, url }, signal);
      const bytes = await response.arrayBuffer().catch((thrown: unknown) => {
        throw speechFailure(server, thrown, signal);
      });
      const file = { name: "speech", bytes: new Uint8Array(bytes) };
      for await (const pcm of decodeAudio(file, limits, signal))
        yield { pcm: asFloat(pcm), rate: heardRate };
    }
  },
});

/** Parts that a request takes, cut between words. */
function partsOf(text: string): string[] {
  const parts: string[] = [];
  let part = "";
  for (const word of text.match(/\S+\s*/g) ?? []) {
    if (part !== "" && part.length + word.length > longestText) {
      parts.push(part);
      part = "";
    }
    part += word.slice(0, longestText);
  }
  return part.trim() === "" ? parts : [...parts, part];
}
