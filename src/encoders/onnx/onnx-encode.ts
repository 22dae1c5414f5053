import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Tokenizer } from "@huggingface/tokenizers";
import { ApprenticeError } from "../../core/errors.ts";
import { whenIdle } from "../idle.ts";
import type { RawEncode } from "../space/fit-space.ts";
import { tokenizerFile, type Layout } from "./layout.ts";
import { loadRuntime, type OnnxRuntime, type OnnxSession, type OnnxTensor } from "./runtime.ts";

type Loaded = {
  readonly runtime: OnnxRuntime;
  readonly session: OnnxSession;
  readonly tokenizer: Tokenizer;
};

const longestText = 4_000;

/**
 * The vectors of a model on this machine. It is loaded with the first text, and given back when it was
 * not used for a while. Each text is run alone: what others come with it would change the rounding of
 * quantised models. Rejects with `encoder-runtime-missing`, `encoder-unusable`, or the signal's reason.
 */
export function createOnnxEncode(
  folder: string,
  {
    name,
    layout,
    runtimes,
  }: { readonly name: string; readonly layout: Layout; readonly runtimes: string },
): { readonly encode: RawEncode; release(): void } {
  let loading: Promise<Loaded> | undefined;
  /** WebAssembly runs one text at a time. */
  let running: Promise<unknown> = Promise.resolve();
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const mine = running.then(work);
    running = mine.catch(() => {});
    return mine;
  };
  const release = (): void => {
    const open = loading;
    loading = undefined;
    idle.stop();
    open?.then(({ session }) => session.release()).catch(() => {});
  };
  const idle = whenIdle(release);
  return {
    release,
    async encode(texts, signal) {
      signal?.throwIfAborted();
      idle.touch();
      loading ??= load(folder, layout, runtimes);
      const loaded = loading;
      try {
        const vectors: Float32Array[] = [];
        for (const text of texts) {
          signal?.throwIfAborted();
          const opened = await loaded;
          vectors.push(await inTurn(() => run(opened, layout, text)));
          idle.touch();
        }
        return vectors;
      } catch (thrown) {
        signal?.throwIfAborted();
        if (loading === loaded) loading = undefined;
        if (thrown instanceof ApprenticeError) throw thrown;
        const reason = thrown instanceof Error ? thrown.message.slice(0, 200) : "?";
        throw new ApprenticeError("encoder-unusable", { name, reason }, { cause: thrown });
      }
    },
  };
}

async function load(folder: string, layout: Layout, runtimes: string): Promise<Loaded> {
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

async function run(
  { runtime, session, tokenizer }: Loaded,
  { prefix, pooling, mostTokens }: Layout,
  text: string,
): Promise<Float32Array> {
  const { ids } = tokenizer.encode(prefix + text.slice(0, longestText).toWellFormed());
  // The last token ends the text; what is cut out stands before it.
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
  return pooled(await session.run(Object.fromEntries(feeds)), session.outputNames, pooling);
}

/** The vector of the whole text: the model's own, or one made of those of its tokens. */
function pooled(
  outputs: Readonly<Record<string, OnnxTensor>>,
  names: readonly string[],
  pooling: "mean" | "cls",
): Float32Array {
  const whole = outputs["sentence_embedding"];
  if (whole) return Float32Array.from(whole.data);
  const { data, dims } =
    outputs["last_hidden_state"] ?? outputs["token_embeddings"] ?? outputs[names[0]!]!;
  const size = dims.at(-1)!;
  if (dims.length === 2) return Float32Array.from(data);
  const tokens = pooling === "cls" ? 1 : data.length / size;
  const sum = new Float32Array(size);
  for (let token = 0; token < tokens; token++)
    for (let axis = 0; axis < size; axis++) sum[axis]! += data[token * size + axis]! / tokens;
  return sum;
}
