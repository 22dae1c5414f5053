import { ApprenticeError } from "../../core/errors.ts";
import { heardRate } from "../../core/voice.ts";
import { asFloat } from "../samples.ts";
import type { Listener, SpeechToText } from "../stt/speech-to-text.ts";
import {
  loadSherpa,
  modelRefused,
  type OfflineRecognizer,
  type OnlineRecognizer,
} from "./load-sherpa.ts";
import { chosenModel, modelFiles, type ModelFiles } from "./model-files.ts";

/** Enough silence for a recogniser to give out its last word. */
const flush = new Float32Array(heardRate / 2);

/**
 * A model that runs on this machine by sherpa-onnx: whole pieces of speech, or for streaming models
 * also word by word. It is loaded with the first words. Throws `speech-model-missing`.
 */
export function openSherpaSpeechToText(folder: string, name: string): SpeechToText {
  const model = chosenModel(folder, "stt", name);
  const files = modelFiles(model);
  const isStreaming = /streaming|t-one/.test(`${model.url} ${model.name}`);
  return isStreaming
    ? streamingEngine(`sherpa/${model.name}`, files)
    : wholeEngine(`sherpa/${model.name}`, files, model.url);
}

function wholeEngine(name: string, files: ModelFiles, url: string): SpeechToText {
  const recognizers = new Map<string, Promise<OfflineRecognizer>>();
  const open = async (language: string): Promise<OfflineRecognizer> => {
    const { OfflineRecognizer } = await loadSherpa();
    return OfflineRecognizer.createAsync({ modelConfig: offlineConfig(files, url, language) });
  };
  return {
    name,
    async transcribe(pcm, { language, signal }) {
      throwIfCancelled(signal);
      if (pcm.length === 0) return { text: "" };
      // Only Whisper is told the language, once for each recogniser.
      const short = url.includes("whisper") && language !== "auto" ? language.split("-")[0]! : "";
      const opening = recognizers.get(short) ?? open(short);
      recognizers.set(short, opening);
      const recognizer = await opening.catch((thrown: unknown) => {
        recognizers.delete(short);
        throw modelRefused(name, thrown);
      });
      const stream = recognizer.createStream();
      stream.acceptWaveform({ samples: asFloat(pcm), sampleRate: heardRate });
      const { text, lang } = await recognizer.decodeAsync(stream);
      throwIfCancelled(signal);
      return { text: text.trim(), ...(lang && { language: lang }) };
    },
  };
}

function streamingEngine(name: string, files: ModelFiles): SpeechToText {
  let opening: Promise<OnlineRecognizer> | undefined;
  const open = async (): Promise<OnlineRecognizer> => {
    const { OnlineRecognizer } = await loadSherpa();
    return new OnlineRecognizer({ modelConfig: onlineConfig(files) });
  };
  const recognizer = (): Promise<OnlineRecognizer> => (opening ??= open());
  return {
    name,
    async transcribe(pcm, { signal }) {
      throwIfCancelled(signal);
      const listener = listen(recognizer);
      listener.push(pcm);
      const transcript = await listener.finish();
      throwIfCancelled(signal);
      return transcript;
    },
    listen: () => listen(recognizer),
  };
}

/** What comes before the recogniser is loaded waits for it. */
function listen(open: () => Promise<OnlineRecognizer>): Listener {
  const opening = open();
  let waiting: Float32Array[] = [];
  let loaded:
    | {
        readonly recognizer: OnlineRecognizer;
        readonly stream: ReturnType<OnlineRecognizer["createStream"]>;
      }
    | undefined;
  let shown = "";
  const ready = opening.then((recognizer) => {
    loaded = { recognizer, stream: recognizer.createStream() };
  });
  // Told by `finish`.
  ready.catch(() => {});
  const take = (samples: Float32Array): string => {
    if (!loaded) return "";
    const { recognizer, stream } = loaded;
    for (const earlier of waiting.splice(0))
      stream.acceptWaveform({ samples: earlier, sampleRate: heardRate });
    stream.acceptWaveform({ samples, sampleRate: heardRate });
    while (recognizer.isReady(stream)) recognizer.decode(stream);
    return recognizer.getResult(stream).text.trim();
  };
  return {
    push(pcm) {
      const samples = asFloat(pcm);
      if (!loaded) {
        waiting.push(samples);
        return undefined;
      }
      const text = take(samples);
      if (text === shown) return undefined;
      shown = text;
      return text;
    },
    async finish() {
      await ready.catch((thrown: unknown) => {
        throw modelRefused("sherpa", thrown);
      });
      const text = take(flush);
      loaded?.recognizer.reset(loaded.stream);
      shown = "";
      return { text };
    },
    close() {
      waiting = [];
    },
  };
}

const threads = 2;

function offlineConfig(files: ModelFiles, url: string, language: string): object {
  const { tokens, model, encoder, decoder, joiner } = files;
  const common = { tokens, numThreads: threads, debug: false };
  if (encoder && decoder && joiner) {
    const modelType = url.includes("nemo") ? { modelType: "nemo_transducer" } : {};
    return { ...common, ...modelType, transducer: { encoder, decoder, joiner } };
  }
  if (encoder && decoder)
    return { ...common, whisper: { encoder, decoder, language, task: "transcribe" } };
  return url.includes("zipformer")
    ? { ...common, zipformerCtc: { model } }
    : { ...common, nemoCtc: { model } };
}

function onlineConfig({ tokens, model, encoder, decoder, joiner }: ModelFiles): object {
  const common = { tokens, numThreads: threads, debug: false };
  return encoder && decoder && joiner
    ? { ...common, transducer: { encoder, decoder, joiner } }
    : { ...common, toneCtc: { model } };
}

function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new ApprenticeError("cancelled", {}, { cause: signal.reason });
}
