import type { Speech } from "../core/voice.ts";
import { openOpusDecoder } from "./codecs/opus.ts";
import { openVoiceSession, type VoiceEngines } from "./session.ts";

/** The engines of speech, as platforms are handed them. */
export const createSpeech = (engines: VoiceEngines): Speech => ({
  missing: (["stt", "tts"] as const).filter((half) => engines[half] === undefined),
  openSession: (options) => openVoiceSession(engines, options),
  openDecoder: openOpusDecoder,
});
