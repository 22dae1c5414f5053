import { ApprenticeError } from "../../core/errors.ts";

/** Not a dependency: 32 MB that only those need who run models on this machine. */
const packageName = "sherpa-onnx-node";
const installCommand = "npm install --no-save sherpa-onnx-node@1.13.8";

type Waveform = { readonly samples: Float32Array; readonly sampleRate: number };
type Stream = { acceptWaveform(waveform: Waveform): void };
export type OfflineRecognizer = {
  createStream(): Stream;
  decodeAsync(stream: Stream): Promise<{ readonly text: string; readonly lang?: string }>;
};
export type OnlineRecognizer = {
  createStream(): Stream;
  isReady(stream: Stream): boolean;
  decode(stream: Stream): void;
  reset(stream: Stream): void;
  getResult(stream: Stream): { readonly text: string };
};
export type OfflineTts = {
  readonly sampleRate: number;
  generateAsync(request: {
    readonly text: string;
    readonly sid: number;
    readonly speed: number;
    readonly onProgress: (piece: { readonly samples: Float32Array }) => 0 | 1;
  }): Promise<unknown>;
};

export type Vad = {
  acceptWaveform(samples: Float32Array): void;
  isDetected(): boolean;
  isEmpty(): boolean;
  pop(): void;
  reset(): void;
};

/** What is used of sherpa-onnx-node 1.13.8. */
export type Sherpa = {
  readonly OfflineRecognizer: { createAsync(config: object): Promise<OfflineRecognizer> };
  readonly OnlineRecognizer: new (config: object) => OnlineRecognizer;
  readonly Vad: new (config: object, bufferSeconds: number) => Vad;
  readonly OfflineTts: { createAsync(config: object): Promise<OfflineTts> };
};

/** Loads sherpa-onnx-node. Throws `speech-engine-missing` with the command that installs it. */
export async function loadSherpa(): Promise<Sherpa> {
  try {
    const loaded = (await import(packageName)) as { readonly default: Sherpa };
    return loaded.default;
  } catch (cause) {
    throw new ApprenticeError(
      "speech-engine-missing",
      { package: packageName, command: installCommand },
      { cause },
    );
  }
}

/** A model that sherpa-onnx does not take: it tells the reason only on the terminal. */
export const modelRefused = (engine: string, cause: unknown): ApprenticeError =>
  cause instanceof ApprenticeError
    ? cause
    : new ApprenticeError("speech-engine-failed", { engine, reason: "sherpa-onnx" }, { cause });
