import { createHash } from "node:crypto";
import { createReadStream, readFileSync } from "node:fs";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { Tokenizer } from "@huggingface/tokenizers";
import { ApprenticeError } from "../../core/errors.ts";
import { tokenizerFile } from "./layout.ts";
import type { OnnxNews, OnnxOrder, OnnxTask } from "./onnx-task.ts";
import { loadRuntime, type OnnxRuntime, type OnnxSession, type OnnxTensor } from "./runtime.ts";

// The thread of a model: reads one text after the other until it is ended.
const { name, folder, layout, files, runtimes } = workerData as OnnxTask;
const longestText = 4_000;

type Loaded = {
  readonly runtime: OnnxRuntime;
  readonly session: OnnxSession;
  readonly tokenizer: Tokenizer;
};

async function load(): Promise<Loaded> {
  for (const { path, sha256 } of files) {
    const found = createHash("sha256");
    for await (const chunk of createReadStream(join(folder, path))) found.update(chunk as Buffer);
    if (found.digest("hex") !== sha256)
      throw new ApprenticeError("encoder-damaged", { name, file: path });
  }
  const runtime = loadRuntime(runtimes);
  const read = (file: string): object =>
    JSON.parse(readFileSync(join(folder, file), "utf8")) as object;
  let config: object = {};
  try {
    config = read("tokenizer_config.json");
  } catch {
    // Most tokenizers say everything in their own file.
  }
  const tokenizer = new Tokenizer(read(tokenizerFile), config);
  return { runtime, tokenizer, session: await runtime.open(join(folder, layout.model)) };
}

async function vectorOf({ runtime, session, tokenizer }: Loaded, text: string) {
  const { ids } = tokenizer.encode(layout.prefix + text.slice(0, longestText).toWellFormed());
  // The last token ends the text; what is cut out stands before it.
  const { mostTokens } = layout;
  const kept = ids.length <= mostTokens ? ids : [...ids.slice(0, mostTokens - 1), ids.at(-1)!];
  const inputs: Readonly<Record<string, readonly number[]>> = {
    input_ids: kept,
    attention_mask: kept.map(() => 1),
    token_type_ids: kept.map(() => 0),
  };
  const feeds = session.inputNames.map((name) => {
    const values = inputs[name];
    if (!values) throw new Error(`the model wants an input "${name}"`);
    return [name, runtime.row(values)] as const;
  });
  return pooled(await session.run(Object.fromEntries(feeds)), session.outputNames);
}

/** The vector of the whole text: the model's own, or one made of those of its tokens. */
function pooled(
  outputs: Readonly<Record<string, OnnxTensor>>,
  names: readonly string[],
): Float32Array {
  const whole = outputs["sentence_embedding"];
  if (whole) return Float32Array.from(whole.data);
  const { data, dims } =
    outputs["last_hidden_state"] ?? outputs["token_embeddings"] ?? outputs[names[0]!]!;
  const size = dims.at(-1)!;
  if (dims.length === 2) return Float32Array.from(data);
  const tokens = layout.pooling === "cls" ? 1 : data.length / size;
  const sum = new Float32Array(size);
  for (let token = 0; token < tokens; token++)
    for (let axis = 0; axis < size; axis++) sum[axis]! += data[token * size + axis]! / tokens;
  return sum;
}

const loading = load();
let last: Promise<void> = Promise.resolve();

async function answer({ order, text }: OnnxOrder): Promise<OnnxNews> {
  try {
    return { order, vector: await vectorOf(await loading, text) };
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message.slice(0, 200) : "?";
    if (thrown instanceof ApprenticeError)
      return { order, code: thrown.code, values: thrown.values, reason };
    return { order, code: null, values: {}, reason };
  }
}

loading.catch(() => {});
parentPort?.on("message", (order: OnnxOrder) => {
  // One at a time: WebAssembly cannot run two.
  last = last.then(async () => parentPort?.postMessage(await answer(order)));
});
