import type { Config } from "./config.ts";
import type { Speech, VoiceSettings } from "./core/voice.ts";
import { openSpeechToText, openTextToSpeech, openVoiceActivity } from "./speech/open-engines.ts";
import { createSpeech } from "./speech/speech.ts";
import { speechModelsFolder } from "./speech-settings.ts";
import type { SpeechToText } from "./speech/stt/speech-to-text.ts";
import type { TextToSpeech } from "./speech/tts/text-to-speech.ts";

/** The chosen engines, and what platforms make of them. */
export type SpeechParts = {
  readonly stt: SpeechToText | undefined;
  readonly tts: TextToSpeech | undefined;
  readonly speech: Speech;
  /** How the bot listens and speaks where a workspace has not chosen. */
  readonly voiceSettings: VoiceSettings;
};

/** Chooses the speech engines by the configuration. Throws `config-invalid`, `speech-model-missing`. */
export function openSpeech(config: Config): SpeechParts {
  const settings = {
    stt: {
      engine: config["speech.stt.engine"],
      url: config["speech.stt.url"],
      apiKey: config["speech.stt.apiKey"],
      model: config["speech.stt.model"],
    },
    tts: {
      engine: config["speech.tts.engine"],
      url: config["speech.tts.url"],
      apiKey: config["speech.tts.apiKey"],
      model: config["speech.tts.model"],
    },
    timeoutSeconds: config["speech.timeoutSeconds"],
    retries: config["speech.retries"],
    modelsFolder: speechModelsFolder(config),
  };
  const stt = openSpeechToText(settings);
  const tts = openTextToSpeech(settings);
  const loadActivity = openVoiceActivity(settings.modelsFolder);
  const speech = createSpeech({ stt, tts, loadActivity });
  return { stt, tts, speech, voiceSettings: voiceSettingsOf(config) };
}

const voiceSettingsOf = (config: Config): VoiceSettings => ({
  language: config["speech.language"],
  voice: config["speech.tts.voice"],
  wakeNames: config["speech.wakeNames"]
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== ""),
  shortestPause: config["speech.shortestPauseMs"],
  longestPause: Math.max(config["speech.longestPauseMs"], config["speech.shortestPauseMs"]),
});
