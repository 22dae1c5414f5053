import { ApprenticeError } from "../../core/errors.ts";
import type { SpokenAudio, TextToSpeech } from "../tts/text-to-speech.ts";
import { loadSherpa, modelRefused, type OfflineTts } from "./load-sherpa.ts";
import { chosenModel, modelFiles, type ModelFiles } from "./model-files.ts";

/**
 * A voice that runs on this machine by sherpa-onnx, in pieces as they are made. Loaded with the first
 * words. Throws `speech-model-missing`.
 */
export function openSherpaTextToSpeech(folder: string, name: string): TextToSpeech {
  const model = chosenModel(folder, "tts", name);
  const files = modelFiles(model);
  let opening: Promise<OfflineTts> | undefined;
  const open = async (): Promise<OfflineTts> => {
    const { OfflineTts } = await loadSherpa();
    return OfflineTts.createAsync({ model: voiceConfig(files), maxNumSentences: 1 });
  };
  return {
    name: `sherpa/${model.name}`,
    async *speak(text, { voice, signal }) {
      if (signal?.aborted) throw cancelled(signal);
      const tts = await (opening ??= open()).catch((thrown: unknown) => {
        opening = undefined;
        throw modelRefused(`sherpa/${model.name}`, thrown);
      });
      const pieces: SpokenAudio[] = [];
      let wake = (): void => {};
      let isOver = false;
      const made = tts
        .generateAsync({
          text,
          sid: Number(voice) || 0,
          speed: 1,
          onProgress({ samples }) {
            // The engine's own memory: it is gone after this call.
            pieces.push({ pcm: samples.slice(), rate: tts.sampleRate });
            wake();
            return signal?.aborted ? 0 : 1;
          },
        })
        .finally(() => {
          isOver = true;
          wake();
        });
      made.catch(() => {});
      while (true) {
        yield* pieces.splice(0);
        if (signal?.aborted) throw cancelled(signal);
        if (isOver && pieces.length === 0) break;
        if (pieces.length === 0) await new Promise<void>((resolve) => (wake = resolve));
      }
      await made;
    },
  };
}

const cancelled = (signal: AbortSignal): ApprenticeError =>
  new ApprenticeError("cancelled", {}, { cause: signal.reason });

const voiceConfig = ({ tokens, model, dataDir, lexicon }: ModelFiles): object => ({
  vits: { model, tokens, ...(dataDir && { dataDir }), ...(lexicon && { lexicon }) },
  numThreads: 2,
  debug: false,
});
