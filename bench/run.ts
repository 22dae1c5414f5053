// npm run bench -- NAME [--data FOLDER] [--sizes 1000,10000] [--rounds N]: prints one JSON object.
import { availableParallelism, cpus, totalmem } from "node:os";
import { parseArgs } from "node:util";

export type BenchOptions = {
  /** The folder with the development data sets. */
  readonly data?: string;
  readonly sizes?: readonly number[];
  readonly rounds?: number;
};

/** Each measures one thing and gives medians, beside a named baseline of the same run. */
const benches: Readonly<
  Record<string, () => Promise<{ run(options: BenchOptions): Promise<object> }>>
> = {
  learner: () => import("./learner.ts"),
  recall: () => import("./recall.ts"),
  slices: () => import("./slices.ts"),
  understanding: () => import("./understanding.ts"),
  corrections: () => import("./corrections.ts"),
  encoder: () => import("./encoder.ts"),
  chat: () => import("./chat.ts"),
  start: () => import("./start.ts"),
  evaluate: () => import("./evaluate.ts"),
  datasets: () => import("./datasets.ts"),
  archive: () => import("./archive.ts"),
  voice: () => import("./voice.ts"),
  "voice-discord": () => import("./voice-discord.ts"),
  train: () => import("./train.ts"),
  discord: () => import("./discord.ts"),
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: "string" },
    sizes: { type: "string" },
    rounds: { type: "string" },
    json: { type: "boolean" },
  },
});
const chosen = positionals.length > 0 ? positionals : Object.keys(benches);
const unknown = chosen.filter((name) => !(name in benches));
if (unknown.length > 0) {
  console.error(
    `There is no bench ${unknown.join(", ")}. Choose from ${Object.keys(benches).join(", ")}.`,
  );
  process.exit(2);
}
const options: BenchOptions = {
  ...(values.data !== undefined && { data: values.data }),
  ...(values.sizes !== undefined && { sizes: values.sizes.split(",").map(Number) }),
  ...(values.rounds !== undefined && { rounds: Number(values.rounds) }),
};
const machine = {
  node: process.versions.node,
  cores: availableParallelism(),
  cpu: cpus()[0]?.model,
  memoryGb: Math.round(totalmem() / 1024 ** 3),
};
const results: Record<string, object> = {};
for (const name of chosen) results[name] = await (await benches[name]!()).run(options);
console.log(JSON.stringify({ machine, ...results }, undefined, 2));
