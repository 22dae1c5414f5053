import { ApprenticeError } from "../../core/errors.ts";
import { heardRate } from "../../core/voice.ts";
import { decodeAudio } from "../codecs/decode/decode-audio.ts";
import type { AudioFile, DecodeLimits } from "../codecs/decode/decode-task.ts";
import type { HearingOptions, SpeechToText } from "./speech-to-text.ts";

/** A part of a long recording is at least and at most so long, in seconds. */
const shortestPart = 20;
const longestPart = 55;
/** The quietest stretch of this length, in seconds, is where a recording is cut. */
const stretch = 0.3;

/**
 * The words of a sound file. Long ones are understood in parts, cut where it is quiet, so that no
 * file has to fit into memory or into one request. Throws `audio-*`, `speech-*`, `cancelled`, and
 * `hearing-nothing` when there are no words.
 */
export async function transcribeFile(
  stt: SpeechToText,
  file: AudioFile,
  limits: DecodeLimits,
  options: HearingOptions,
): Promise<string> {
  const texts: string[] = [];
  for await (const part of partsOf(decodeAudio(file, limits, options.signal))) {
    const { text } = await stt.transcribe(part, options);
    if (text.trim() !== "") texts.push(text.trim());
  }
  if (texts.length === 0) throw new ApprenticeError("hearing-nothing", { name: file.name });
  return texts.join(" ");
}

async function* partsOf(pieces: AsyncIterable<Int16Array>): AsyncGenerator<Int16Array> {
  let waiting: Int16Array = new Int16Array(0);
  for await (const piece of pieces) {
    const joined = new Int16Array(waiting.length + piece.length);
    joined.set(waiting);
    joined.set(piece, waiting.length);
    waiting = joined;
    while (waiting.length > longestPart * heardRate) {
      const cut = quietestPlace(waiting);
      yield waiting.slice(0, cut);
      waiting = waiting.slice(cut);
    }
  }
  if (waiting.length > 0) yield waiting;
}

/** The middle of the quietest stretch between the shortest and the longest part, in samples. */
function quietestPlace(pcm: Int16Array): number {
  const length = stretch * heardRate;
  let [best, least] = [longestPart * heardRate, Number.POSITIVE_INFINITY];
  for (
    let at = shortestPart * heardRate;
    at + length <= longestPart * heardRate;
    at += length / 3
  ) {
    let energy = 0;
    for (let index = at; index < at + length; index++) energy += pcm[index]! * pcm[index]!;
    if (energy < least) [best, least] = [at + length / 2, energy];
  }
  return best;
}
