import { spawnSync } from "node:child_process";
import { ApprenticeError } from "../core/errors.ts";
import type { hearingEngines, speakingEngines } from "./engine-names.ts";
import type { SpeechServer } from "./http-request.ts";
import { modemSpeechToText, modemTextToSpeech } from "./modem/modem-engines.ts";
import { installedModels } from "./sherpa/model-folder.ts";
import { openSherpaSpeechToText } from "./sherpa/sherpa-speech-to-text.ts";
import { openSherpaTextToSpeech } from "./sherpa/sherpa-text-to-speech.ts";
import { loadSherpaVoiceActivity, voiceActivityModel } from "./sherpa/sherpa-voice-activity.ts";
import { createHttpSpeechToText } from "./stt/openai-http.ts";
import type { SpeechToText } from "./stt/speech-to-text.ts";
import { espeakTextToSpeech } from "./tts/espeak.ts";
import { createHttpTextToSpeech } from "./tts/openai-http.ts";
import type { TextToSpeech } from "./tts/text-to-speech.ts";
import { createTranslateTextToSpeech } from "./tts/translate-http.ts";
import { loadVoiceActivity } from "./vad/voice-activity.ts";

/** One half of the speech settings. */
export type EngineSettings<Name extends string> = {
  readonly engine: Name;
  /** Of a server; empty: none. */
  readonly url: string;
  readonly apiKey: string;
  /** The server's, or the folder of an installed one. */
  readonly model: string;
};

export type SpeechSettings = {
  readonly stt: EngineSettings<(typeof hearingEngines)[number]>;
  readonly tts: EngineSettings<(typeof speakingEngines)[number]>;
  readonly timeoutSeconds: number;
  readonly retries: number;
  /** Where `apprentice voice models` puts models. */
  readonly modelsFolder: string;
};

/**
 * The engine that understands speech; `undefined` when it is off. `auto` takes a server that is
 * named, else an installed model. Throws `config-invalid`, `speech-model-missing`.
 */
export function openSpeechToText(settings: SpeechSettings): SpeechToText | undefined {
  const { engine, model } = settings.stt;
  const chosen = engine === "auto" ? automatic(settings, "stt") : engine;
  switch (chosen) {
    case "openai-http":
      return createHttpSpeechToText(serverOf(settings, "stt"), model || "whisper-1");
    case "sherpa":
      return openSherpaSpeechToText(settings.modelsFolder, model);
    case "modem":
      return modemSpeechToText;
    default:
      return undefined;
  }
}

/** The engine that speaks; `auto` takes a server, an installed model, or espeak-ng. */
export function openTextToSpeech(settings: SpeechSettings): TextToSpeech | undefined {
  const { engine, model } = settings.tts;
  const chosen = engine === "auto" ? automatic(settings, "tts") : engine;
  switch (chosen) {
    case "openai-http":
      return createHttpTextToSpeech(serverOf(settings, "tts"), model || "tts-1");
    case "sherpa":
      return openSherpaTextToSpeech(settings.modelsFolder, model);
    case "espeak":
      return espeakTextToSpeech;
    case "translate-http":
      return createTranslateTextToSpeech(serverOf(settings, "tts"));
    case "modem":
      return modemTextToSpeech;
    default:
      return undefined;
  }
}

/** What tells voices from noise: an installed model, else the detector that comes along. */
export function openVoiceActivity(modelsFolder: string): typeof loadVoiceActivity {
  const model = voiceActivityModel(modelsFolder);
  return model ? () => loadSherpaVoiceActivity(model) : loadVoiceActivity;
}

/** What is there to understand or to speak with, when nobody chose. */
function automatic(
  settings: SpeechSettings,
  half: "stt" | "tts",
): "openai-http" | "sherpa" | "espeak" | "none" {
  if (settings[half].url) return "openai-http";
  if (installedModels(settings.modelsFolder).some(({ kind }) => kind === half)) return "sherpa";
  const speaks = half === "tts" && !spawnSync("espeak-ng", ["--version"]).error;
  return speaks ? "espeak" : "none";
}

function serverOf(settings: SpeechSettings, half: "stt" | "tts"): SpeechServer {
  const { url, apiKey } = settings[half];
  if (!URL.canParse(url)) {
    throw new ApprenticeError("config-invalid", {
      path: `speech.${half}.url`,
      value: JSON.stringify(url),
      allowed: "setting.url",
      nearest: "",
      source: "apprentice.yaml",
    });
  }
  const { timeoutSeconds, retries } = settings;
  return { url, timeoutSeconds, retries, ...(apiKey && { apiKey }) };
}
