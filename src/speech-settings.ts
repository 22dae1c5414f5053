import { join } from "node:path";
import { z } from "zod";
import { choice, secret, text, whole, type Setting } from "./setting.ts";
import { hearingEngines, speakingEngines } from "./speech/engine-names.ts";

/** Listening and speaking. */
export const speechSettings = {
  "speech.language": {
    schema: z.string().regex(/^(?:auto|[a-z]{2,3}(?:-[A-Z]{2})?)$/),
    allowed: { allowed: "setting.language" },
    fallback: "ru-RU",
    about: "The language people speak; auto lets the recogniser find out.",
  } satisfies Setting<string>,
  "speech.wakeNames": text(
    "Apprentice, Подмастерье",
    "What the bot is called aloud, separated by commas; with two or more people in a voice room it answers only to these.",
  ),
  "speech.shortestPauseMs": whole(
    100,
    3_000,
    300,
    "Milliseconds of silence that end what somebody says, at least.",
  ),
  "speech.longestPauseMs": whole(
    300,
    10_000,
    1_500,
    "Milliseconds of silence that end what somebody says, at most.",
  ),
  "speech.fileMinutes": whole(
    1,
    600,
    30,
    "The longest sound file that is listened to, in minutes.",
  ),
  "speech.timeoutSeconds": whole(
    1,
    600,
    60,
    "How many seconds a speech server may take for one request.",
  ),
  "speech.retries": whole(0, 10, 2, "How often a request to a busy speech server is tried again."),
  "speech.stt.engine": choice(
    hearingEngines,
    "auto",
    "What understands speech; auto: a server when speech.stt.url is set, else an installed model.",
  ),
  "speech.stt.url": text(
    "",
    "Where a server with OpenAI's /audio/transcriptions is, e.g. http://127.0.0.1:8000/v1.",
  ),
  "speech.stt.model": text(
    "",
    "The recogniser's model; when empty a server gets whisper-1, and sherpa takes the first that is installed.",
  ),
  "speech.stt.apiKey": secret("The key for the recognising server."),
  "speech.tts.engine": choice(
    speakingEngines,
    "auto",
    "What speaks; auto: a server when speech.tts.url is set, else an installed model, else espeak-ng.",
  ),
  "speech.tts.url": text(
    "",
    "Where a server with OpenAI's /audio/speech is; for translate-http an address with {text} and {language}.",
  ),
  "speech.tts.model": text(
    "",
    "The speaking model; when empty a server gets tts-1, and sherpa takes the first that is installed.",
  ),
  "speech.tts.voice": text(
    "",
    "The voice, as the speaking engine names it; empty: its own choice.",
  ),
  "speech.tts.apiKey": secret("The key for the speaking server."),
} as const;

/** Where models of speech are kept. */
export const speechModelsFolder = ({ data }: { readonly data: string }): string =>
  join(data, "speech");
