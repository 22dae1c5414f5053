import { writeVoiceMessage } from "../../../src/speech/codecs/ogg-opus.ts";
import { modemSpeechToText } from "../../../src/speech/modem/modem-engines.ts";
import { writeWords } from "../../../src/speech/modem/write-words.ts";
import { transcribeFile } from "../../../src/speech/stt/transcribe-file.ts";

/** A voice message that really says these words, to who hears as the test engines do. */
export async function spokenWords(text: string): Promise<Uint8Array> {
  const sound = async function* () {
    yield { pcm: writeWords(text, 48_000).pcm, rate: 48_000 };
  };
  return (await writeVoiceMessage(sound())).bytes;
}

/** What a voice message says, to who hears as the test engines do. */
export const wordsIn = (bytes: Uint8Array): Promise<string> =>
  transcribeFile(
    modemSpeechToText,
    { name: "voice.ogg", bytes },
    { seconds: 60, time: 20_000 },
    { language: "ru", signal: new AbortController().signal },
  );
