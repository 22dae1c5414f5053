/**
 * A small real training program for the trainer `command`: `node train.mjs spec.json`. It tells its
 * progress as TRL does (lines on standard output, `checkpoint-*\/trainer_state.json`), and leaves what TRL
 * leaves (`adapter_config.json`, `adapter_model.safetensors`).
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createLearner, lossOf, newAdapter, saveAdapter } from "./model.mjs";

const spec = JSON.parse(readFileSync(process.argv[2], "utf8"));
const { train, validation, output } = spec.files;
const { epochs = 6, learningRate = 0.3, seed = 42 } = spec.settings;

/** Rows as `trl-sft` has them: a prompt and a completion, each a list of messages. */
const read = (file) =>
  readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line))
    .map(({ prompt, completion }) => ({
      question: prompt.at(-1).content,
      answer: completion.at(-1).content,
    }));

const rows = read(train);
const held = validation === null ? [] : read(validation);
const adapter = newAdapter(seed);
const learner = createLearner(adapter, learningRate, seed);
const history = [];
const round = (number) => Number(number.toFixed(4));

for (let epoch = 1; epoch <= epochs; epoch += 1) {
  const entry = { step: epoch, epoch, loss: round(learner.epoch(rows)), learning_rate: learningRate };
  if (held.length > 0) entry.eval_loss = round(lossOf(adapter, held));
  history.push(entry);
  const { step, ...told } = entry;
  process.stdout.write(`${JSON.stringify(told).replaceAll('"', "'").replaceAll(":", ": ")}\n`);
  keepState(step);
}
saveAdapter(output, adapter, spec.model);

/** What Hugging Face's trainers keep beside each checkpoint; only the newest stays. */
function keepState(step) {
  const folder = join(output, `checkpoint-${step}`);
  mkdirSync(folder, { recursive: true });
  const state = { global_step: step, max_steps: epochs, log_history: history };
  writeFileSync(join(folder, "trainer_state.json"), JSON.stringify(state));
  rmSync(join(output, `checkpoint-${step - 1}`), { recursive: true, force: true });
}
