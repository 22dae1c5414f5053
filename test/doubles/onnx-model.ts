import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Words that the model of the test knows; each is one token. */
const words = [
  ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "query", ":", "when", "are", "you", "open", "opening"],
  ["hours", "where", "can", "i", "park", "parking", "car", "во", "сколько", "вы", "где"],
].flat();

/**
 * Writes a runtime that takes the place of onnxruntime-node: its model gives each token a vector of
 * eight numbers, and what means the same the same ones.
 */
export async function writeRuntimeDouble(folder: string): Promise<void> {
  const home = join(folder, "node_modules", "onnxruntime-node");
  await mkdir(home, { recursive: true });
  await writeFile(join(home, "package.json"), JSON.stringify({ main: "index.js" }));
  await writeFile(
    join(home, "index.js"),
    `const { readFileSync } = require("node:fs");
    class Tensor { constructor(type, data, dims) { Object.assign(this, { type, data, dims }); } }
    const like = new Map([[10, 9], [11, 9], [16, 15], [17, 15], [19, 9]]);
    const row = (id) => Array.from({ length: 8 }, (_, at) => 2 + Math.sin((like.get(id) ?? id) * 7.3 + at * at));
    const InferenceSession = { async create(file) {
      if (!readFileSync(file, "latin1").startsWith("a model")) throw new Error("no model");
      return { inputNames: ["input_ids", "attention_mask"], outputNames: ["last_hidden_state"],
        async release() {},
        async run({ input_ids: { data } }) {
          const numbers = [...data].flatMap((id) => row(Number(id)));
          return { last_hidden_state: { data: Float32Array.from(numbers), dims: [1, data.length, 8] } };
        } };
    } };
    module.exports = { InferenceSession, Tensor, env: { wasm: {} } };`,
  );
}

/** The files of a small model in the layout of sentence-transformers. */
export const modelDouble = (): Readonly<Record<string, Buffer>> => ({
  "tokenizer.json": json({
    version: "1.0",
    added_tokens: [],
    normalizer: { type: "Lowercase" },
    pre_tokenizer: { type: "BertPreTokenizer" },
    post_processor: {
      type: "TemplateProcessing",
      single: [special("[CLS]"), { Sequence: { id: "A", type_id: 0 } }, special("[SEP]")],
      pair: [],
      special_tokens: { "[CLS]": token("[CLS]"), "[SEP]": token("[SEP]") },
    },
    decoder: null,
    model: {
      type: "WordPiece",
      unk_token: "[UNK]",
      continuing_subword_prefix: "##",
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(words.map((word, id) => [word, id])),
    },
  }),
  "model.onnx": Buffer.concat([Buffer.from("a model"), Buffer.alloc(300_000, 7)]),
  "1_Pooling/config.json": json({ pooling_mode_cls_token: false, pooling_mode_mean_tokens: true }),
  "config_sentence_transformers.json": json({ prompts: { query: "query: " } }),
});

const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
const special = (id: string) => ({ SpecialToken: { id, type_id: 0 } });
const token = (id: string) => ({ id, ids: [words.indexOf(id)], tokens: [id] });
