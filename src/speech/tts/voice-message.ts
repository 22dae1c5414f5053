import type { Language } from "../../core/language.ts";
import type { VoiceMessage } from "../../core/platform.ts";
import { writeVoiceMessage } from "../codecs/ogg-opus.ts";
import { clauses } from "../text/clauses.ts";
import { sentenceLanguage } from "../text/sentence-language.ts";
import { speakable } from "../text/speakable.ts";
import { withoutCode } from "../text/without-code.ts";
import type { SpokenAudio, TextToSpeech } from "./text-to-speech.ts";

/**
 * A text as a voice message, whole sentences of another language in that; `undefined` when there is nothing in it
 * that can be said. Throws `speech-*`, `cancelled`.
 */
export async function speakAsMessage(
  tts: TextToSpeech,
  text: string,
  options: { readonly language: Language; readonly voice: string; readonly signal: AbortSignal },
): Promise<VoiceMessage | undefined> {
  const sound = clausesAsSound(tts, text, options);
  const first = await sound.next();
  if (first.done) return undefined;
  const whole = async function* (): AsyncGenerator<SpokenAudio> {
    yield first.value;
    yield* sound;
  };
  return writeVoiceMessage(whole());
}

async function* clausesAsSound(
  tts: TextToSpeech,
  text: string,
  { language, voice, signal }: Parameters<typeof speakAsMessage>[2],
): AsyncGenerator<SpokenAudio> {
  const pieces = async function* (): AsyncGenerator<string> {
    yield text;
  };
  const languageIn = sentenceLanguage(language);
  for await (const clause of clauses(withoutCode(pieces(), language))) {
    signal.throwIfAborted();
    const spoken = languageIn(clause);
    const words = speakable(clause, spoken);
    if (words !== "") yield* tts.speak(words, { language: spoken, voice, signal });
  }
}
