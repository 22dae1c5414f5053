import { languageOf } from "../core/language.ts";
import type { Message } from "../core/message.ts";
import type { Outbound } from "../core/platform.ts";
import { speakAsMessage } from "../speech/tts/voice-message.ts";
import type { TextToSpeech } from "../speech/tts/text-to-speech.ts";

/** Nobody listens longer; the whole answer is there to read. In UTF-16 code units. */
const longestSpoken = 2_000;

/** Gives the answer to a spoken message as a voice message too, where platform and engines can. */
export type AnswerAloud = (
  message: Message,
  answer: string,
  outbound: Outbound,
  signal: AbortSignal,
) => Promise<void>;

/** `voice` names the engine's voice in a workspace; empty: its own choice. */
export const createAnswerAloud =
  (parts: {
    readonly tts: TextToSpeech | undefined;
    readonly voiceOf: (workspace: string) => Promise<string>;
  }): AnswerAloud =>
  async (message, answer, outbound, signal) => {
    const { tts } = parts;
    if (message.via !== "voice" || !tts || !outbound.speak) return;
    const text = answer.slice(0, longestSpoken).toWellFormed();
    const voice = await parts.voiceOf(message.workspace);
    const language = languageOf(text, message.language ?? "en");
    const spoken = await speakAsMessage(tts, text, { language, voice, signal });
    if (spoken) await outbound.speak(spoken, signal);
  };
