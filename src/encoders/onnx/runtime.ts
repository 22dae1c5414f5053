import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { ApprenticeError } from "../../core/errors.ts";

/** What runs a model: natively where that is installed, else as WebAssembly. */
export type RuntimeName = "native" | "wasm";

const packages = { native: "onnxruntime-node", wasm: "onnxruntime-web" } as const;
const testedVersion = "1.30.0";

/** The parts of the runtimes' interface that both have. */
export type OnnxTensor = { readonly data: ArrayLike<number>; readonly dims: readonly number[] };
export type OnnxSession = {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  run(feeds: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, OnnxTensor>>>;
  release(): Promise<void>;
};
export type OnnxRuntime = {
  readonly name: RuntimeName;
  open(modelFile: string): Promise<OnnxSession>;
  /** A tensor of 64-bit integers, one row. */
  row(values: readonly number[]): unknown;
};

type OnnxModule = {
  readonly InferenceSession: {
    create(model: string | Uint8Array, options: object): Promise<OnnxSession>;
  };
  readonly Tensor: new (type: string, data: BigInt64Array, dims: readonly number[]) => unknown;
  readonly env: { readonly wasm: { numThreads?: number } };
};

/** The line that installs the faster runtime beside the encoders. */
export const installRuntime = (folder: string): string =>
  `npm install --ignore-scripts --prefix ${JSON.stringify(folder)} ${packages.native}@${testedVersion}`;

/** Which runtime there is, in this package or in the folder of the encoders; `undefined`: none. */
export function installedRuntime(folder: string): RuntimeName | undefined {
  return (["native", "wasm"] as const).find((name) => placeOf(name, folder) !== undefined);
}

/** Loads the runtime. Throws `encoder-runtime-missing`. */
export function loadRuntime(folder: string): OnnxRuntime {
  const name = installedRuntime(folder);
  const place = name && placeOf(name, folder);
  if (!place)
    throw new ApprenticeError("encoder-runtime-missing", { line: installRuntime(folder) });
  const { InferenceSession, Tensor, env } = createRequire(place)(place) as OnnxModule;
  if (name === "wasm") env.wasm.numThreads = 1;
  return {
    name,
    // One thread: the same text then has the same vector, whatever else the machine does.
    open: (file) =>
      InferenceSession.create(name === "wasm" ? readFileSync(file) : file, {
        intraOpNumThreads: 1,
        interOpNumThreads: 1,
        executionProviders: [name === "wasm" ? "wasm" : "cpu"],
      }),
    row: (values) => new Tensor("int64", BigInt64Array.from(values, BigInt), [1, values.length]),
  };
}

/** Where a runtime's entry file is. */
function placeOf(name: RuntimeName, folder: string): string | undefined {
  for (const from of [import.meta.url, join(folder, "package.json")]) {
    try {
      return createRequire(from).resolve(packages[name]);
    } catch {
      // It may be in the next place.
    }
  }
  return undefined;
}
