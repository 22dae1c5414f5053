import { readdirSync } from "node:fs";
import { join } from "node:path";
import { ApprenticeError } from "../../core/errors.ts";
import { heardRate } from "../../core/voice.ts";
import { asFloat } from "../samples.ts";
import type { VoiceActivity } from "../vad/voice-activity.ts";
import { loadSherpa, modelRefused } from "./load-sherpa.ts";
import { installedModels, type InstalledModel } from "./model-folder.ts";

/** Seconds: shorter is no voice, and a voice goes on over shorter silences. */
const shortestVoice = 0.05;
const shortestSilence = 0.1;
/** Seconds of sound that the detector keeps. */
const kept = 5;

/** The model that tells voices from noise, where one is installed. */
export const voiceActivityModel = (folder: string): InstalledModel | undefined =>
  installedModels(folder).find(({ kind }) => kind === "vad");

/**
 * Silero's or TEN's detector by sherpa-onnx: better in noise than the one that comes along. Throws
 * `speech-model-missing`, `speech-engine-missing`, `speech-engine-failed`.
 */
export async function loadSherpaVoiceActivity(model: InstalledModel): Promise<() => VoiceActivity> {
  // A detector whose model is missing says nothing and hears nothing.
  const file = readdirSync(model.folder).find((name) => name.endsWith(".onnx"));
  if (file === undefined) throw new ApprenticeError("speech-model-missing", { name: model.name });
  const config = detectorConfig(model.name, join(model.folder, file));
  const { Vad } = await loadSherpa();
  return () => {
    const detector = open(() => new Vad(config, kept), model.name);
    return {
      isVoice(frame) {
        detector.acceptWaveform(asFloat(frame));
        // What it cuts out of the sound is not needed here.
        while (!detector.isEmpty()) detector.pop();
        return detector.isDetected();
      },
      close: () => detector.reset(),
    };
  };
}

function open<Result>(make: () => Result, name: string): Result {
  try {
    return make();
  } catch (thrown) {
    throw modelRefused(`sherpa/${name}`, thrown);
  }
}

function detectorConfig(name: string, model: string): object {
  const [key, windowSize] = name.startsWith("ten") ? ["tenVad", 256] : ["sileroVad", 512];
  const detector = {
    model,
    threshold: 0.5,
    minSpeechDuration: shortestVoice,
    minSilenceDuration: shortestSilence,
    windowSize,
  };
  return { [key]: detector, sampleRate: heardRate, numThreads: 1, debug: false };
}
