import loadFvad from "@echogarden/fvad-wasm";
import { heardFrameSamples, heardRate } from "../../core/voice.ts";

/** Tells speech from everything else, frame by frame, for one person. Must be closed. */
export type VoiceActivity = {
  /** Whether 20 ms of sound (320 samples, 16 kHz) hold a voice. */
  isVoice(frame: Int16Array): boolean;
  close(): void;
};

/** "Aggressive" of WebRTC's detector: 92 % of speech found at 15 dB above noise, 5 % false alarms. */
const mode = 2;
/** About -60 dB of full scale: quieter is no speech in any microphone. */
const quietest = 0.001;
/** A voice is this many times louder (RMS) than what is there when nobody speaks. */
const aboveNoise = 2;
/** How fast the idea of the noise follows what is heard without a voice, per frame. */
const adaption = 0.05;
/** WebRTC's detector reports speech for some frames longer; without a voice they are this much quieter. */
const belowVoice = 0.05;

/**
 * WebRTC's detector behind an energy gate: the detector alone keeps reporting speech for about
 * 100 ms after its end, which would delay every answer.
 */
export async function loadVoiceActivity(): Promise<() => VoiceActivity> {
  const fvad = await (loading ??= loadFvad());
  return () => createVoiceActivity(fvad);
}

type Fvad = Awaited<ReturnType<typeof loadFvad>>;
let loading: ReturnType<typeof loadFvad> | undefined;

function createVoiceActivity(fvad: Fvad): VoiceActivity {
  const handle = fvad._fvad_new();
  fvad._fvad_set_mode(handle, mode);
  fvad._fvad_set_sample_rate(handle, heardRate);
  const address = fvad._malloc(heardFrameSamples * Int16Array.BYTES_PER_ELEMENT);
  let noise = quietest / 2;
  let voice = 0;
  return {
    isVoice(frame) {
      fvad.HEAP16.set(frame, address / Int16Array.BYTES_PER_ELEMENT);
      const detected = fvad._fvad_process(handle, address, frame.length) === 1;
      const loudness = rootMeanSquare(frame);
      const isLoud =
        loudness > quietest && loudness > noise * aboveNoise && loudness > voice * belowVoice;
      if (detected && isLoud) voice += (loudness - voice) * adaption;
      else if (!detected) noise += (loudness - noise) * adaption;
      return detected && isLoud;
    },
    close() {
      fvad._fvad_free(handle);
      fvad._free(address);
    },
  };
}

/** 0..1 of full scale. */
function rootMeanSquare(frame: Int16Array): number {
  let sum = 0;
  for (const sample of frame) sum += sample * sample;
  return Math.sqrt(sum / Math.max(1, frame.length)) / 32_768;
}
