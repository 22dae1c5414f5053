import { asApprenticeError, type ApprenticeError } from "../../core/errors.ts";
import type { Language } from "../../core/language.ts";
import { playedRate } from "../../core/voice.ts";
import { createResampler, type Resampler } from "../codecs/resample.ts";
import { clauses } from "../text/clauses.ts";
import { sentenceLanguage } from "../text/sentence-language.ts";
import { speakable } from "../text/speakable.ts";
import { withoutCode } from "../text/without-code.ts";
import type { SpokenWord, TextToSpeech } from "../tts/text-to-speech.ts";
import type { Playback } from "./playback.ts";
import { untilAborted } from "./until-aborted.ts";

export type MakeSound = {
  readonly pieces: AsyncIterable<string>;
  readonly tts: TextToSpeech | undefined;
  readonly voice: string;
  readonly language: Language;
  readonly playback: Playback;
  readonly signal: AbortSignal;
  /** A piece of the text, as it was written. */
  readonly written: (text: string) => void;
  readonly failed: (error: ApprenticeError) => void;
};

/**
 * Speaks a text while it is being written, clause by clause, into a playback. False when it failed,
 * which has been told, or was aborted.
 */
export async function makeSound(parts: MakeSound): Promise<boolean> {
  const { playback, signal, language } = parts;
  try {
    let clause = 0;
    const languageIn = sentenceLanguage(language);
    for await (const text of clauses(withoutCode(told(parts), language))) {
      signal.throwIfAborted();
      const spoken = languageIn(text);
      const words = speakable(text, spoken);
      if (words !== "") await speakClause(parts, words, spoken, clause++);
    }
    return !signal.aborted;
  } catch (thrown) {
    if (!signal.aborted) parts.failed(asApprenticeError(thrown));
    return false;
  } finally {
    playback.finish();
  }
}

async function* told({ pieces, written, signal }: MakeSound): AsyncGenerator<string> {
  for await (const piece of untilAborted(pieces, signal)) {
    written(piece);
    yield piece;
  }
}

async function speakClause(
  { tts, voice, playback, signal }: MakeSound,
  text: string,
  language: Language,
  clause: number,
): Promise<void> {
  if (!tts) return;
  const start = playback.length();
  let resampler: Resampler | undefined;
  let known: readonly SpokenWord[] | undefined;
  let sounded = 0;
  for await (const { pcm, rate, words } of tts.speak(text, { language, voice, signal })) {
    signal.throwIfAborted();
    resampler ??= createResampler(rate, playedRate);
    playback.add(resampler.push(pcm));
    sounded += pcm.length / rate;
    known = words ?? known;
    const places = known ?? guessedWords(text, Math.max(sounded, text.length / usualSpeed));
    playback.setWords(clause, shifted(places, start));
  }
  if (resampler) playback.add(resampler.flush());
  if (!known) playback.setWords(clause, shifted(guessedWords(text, sounded), start));
}

/** Characters spoken in a second, for sound that is not finished. */
const usualSpeed = 15;

/** Where the words of a text are if each takes as long as it has letters. */
function guessedWords(text: string, length: number): SpokenWord[] {
  const words = text.match(/^\s*\S+\s*|\S+\s*/g) ?? [];
  let at = 0;
  return words.map((word) => {
    const start = (at / text.length) * length;
    at += word.length;
    return { text: word, start, end: (at / text.length) * length };
  });
}

const shifted = (words: readonly SpokenWord[], by: number): SpokenWord[] =>
  words.map(({ text, start, end }) => ({ text, start: start + by, end: end + by }));
