/** What a model is for: to understand, to speak, or to tell voices from noise. */
export const modelKinds = ["stt", "tts", "vad"] as const;
export type ModelKind = (typeof modelKinds)[number];

/** A model for sherpa-onnx that can be added by its name. */
export type CatalogModel = {
  readonly name: string;
  readonly kind: ModelKind;
  readonly languages: readonly string[];
  /** A bzip2-packed tar of one folder, or one file that ends with `.onnx`. */
  readonly url: string;
  /** As its authors tell; `null` where they do not agree or do not say. */
  readonly licence: string | null;
  /** About how many megabytes are downloaded, as reported; `null` where nobody says. */
  readonly megabytes: number | null;
  /** Of the download; where none is known, the first download's is kept and must come again. */
  readonly sha256?: string;
};

const releases = "https://github.com/k2-fsa/sherpa-onnx/releases/download";

/** Models that were chosen for Russian and English; any other can be added by its address. */
export const modelCatalog: readonly CatalogModel[] = [
  {
    name: "giga-am-v3",
    kind: "stt",
    languages: ["ru"],
    url: `${releases}/asr-models/sherpa-onnx-nemo-transducer-punct-giga-am-v3-russian-2025-12-16.tar.bz2`,
    licence: "MIT",
    megabytes: 305,
  },
  {
    name: "t-one",
    kind: "stt",
    languages: ["ru"],
    url: `${releases}/asr-models/sherpa-onnx-streaming-t-one-russian-2025-09-08.tar.bz2`,
    licence: "Apache-2.0",
    megabytes: 138,
  },
  {
    name: "whisper-small",
    kind: "stt",
    languages: ["ru", "en"],
    url: `${releases}/asr-models/sherpa-onnx-whisper-small.tar.bz2`,
    licence: "MIT",
    megabytes: null,
  },
  {
    name: "piper-irina",
    kind: "tts",
    languages: ["ru"],
    url: `${releases}/tts-models/vits-piper-ru_RU-irina-medium.tar.bz2`,
    licence: null,
    megabytes: null,
  },
  {
    name: "piper-dmitri",
    kind: "tts",
    languages: ["ru"],
    url: `${releases}/tts-models/vits-piper-ru_RU-dmitri-medium.tar.bz2`,
    licence: null,
    megabytes: null,
  },
  {
    name: "silero-vad",
    kind: "vad",
    languages: ["*"],
    url: `${releases}/asr-models/silero_vad.onnx`,
    licence: "MIT",
    megabytes: null,
  },
  {
    name: "ten-vad",
    kind: "vad",
    languages: ["*"],
    url: `${releases}/asr-models/ten-vad.onnx`,
    licence: null,
    megabytes: null,
  },
];
