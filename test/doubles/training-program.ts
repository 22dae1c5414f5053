import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

/**
 * A training program as `command` starts one: `node training-program.ts SPEC MANNER`. It learns nothing;
 * what it does otherwise is its manner.
 */
const [, , specFile, manner = "good"] = process.argv;
const spec = JSON.parse(readFileSync(specFile!, "utf8")) as {
  files: { train: string; output: string; progress: string };
};
const folder = join(spec.files.output, "..");
appendFileSync(join(folder, "started"), `${process.pid}\n`);

const say = (line: object): void =>
  appendFileSync(spec.files.progress, `${JSON.stringify(line)}\n`);
const state = (step: number): string => {
  const history = Array.from({ length: step }, (_, index) => ({
    step: index + 1,
    epoch: 0.1,
    loss: 1 / (index + 1),
  }));
  return JSON.stringify({ global_step: step, max_steps: total, log_history: history });
};

/** A file of one tensor of eight numbers; `missing` bytes are cut off. */
function tensors(missing = 0): Buffer {
  const header = Buffer.from(
    JSON.stringify({ weight: { dtype: "F32", shape: [8], data_offsets: [0, 32] } }),
  );
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([length, header, Buffer.alloc(32 - missing)]);
}

const total = 8;
if (manner === "stubborn") process.on("SIGTERM", () => {});
if (manner === "polite") {
  process.on("SIGTERM", () => {
    writeFileSync(join(folder, "asked"), "");
    process.exit(143);
  });
}
for (let step = 1; step <= total; step += 1) {
  if (manner === "log") {
    process.stdout.write(`{'loss': ${1 / step}, 'learning_rate': '1e-05', 'epoch': 0.1}\n`);
    process.stdout.write(`${step}/${total} [00:01<00:09]\n`);
  } else if (manner === "llamafactory") {
    const line = { current_steps: step, total_steps: total, loss: 1 / step, percentage: step };
    appendFileSync(join(spec.files.output, "trainer_log.jsonl"), `${JSON.stringify(line)}\n`);
  } else if (manner === "huggingface") {
    const checkpoint = join(spec.files.output, `checkpoint-${step}`);
    mkdirSync(checkpoint, { recursive: true });
    writeFileSync(join(checkpoint, "trainer_state.json"), state(step));
  } else {
    say({ step, total, loss: 1 / step });
  }
  await delay(manner === "slow" ? 200 : 15);
  if (step === 2) await misbehave();
}

async function misbehave(): Promise<void> {
  switch (manner) {
    case "dies":
      process.stderr.write("CUDA out of memory\n");
      return process.exit(3);
    case "killed":
      process.kill(process.pid, "SIGKILL");
      return;
    case "hangs":
    case "stubborn":
    case "polite":
      await delay(600_000);
      return;
    case "waits":
      while (!existsSync(join(folder, "go"))) await delay(10);
      return;
    case "talks":
      for (;;) {
        process.stdout.write("still here\n");
        await delay(5);
      }
    case "fills":
      for (let part = 0; ; part += 1) {
        writeFileSync(join(spec.files.output, `part-${part}`), Buffer.alloc(4 * 1024 * 1024));
        await delay(5);
      }
    case "garbage":
      appendFileSync(spec.files.progress, Buffer.from([0xff, 0xfe, 0x00, 0x7b, 0x0a, 0x0a]));
      appendFileSync(spec.files.progress, '[1]\nnull\n{"step":"x"}\n{"loss":1e999}\n{"step":\n');
      process.stdout.write(Buffer.alloc(3 * 1024 * 1024, 0x80));
      process.stdout.write("\n\u001b[31mplain words\u001b[0m\n");
      return;
    default:
  }
}

if (manner !== "lies") {
  const output = spec.files.output;
  writeFileSync(join(output, "adapter_config.json"), manner === "spoils" ? "{" : "{}");
  writeFileSync(join(output, "adapter_model.safetensors"), tensors(manner === "cuts" ? 5 : 0));
}
