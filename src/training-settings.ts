import { z } from "zod";
import { exportTargets } from "./learning/datasets/export-targets.ts";
import { presets } from "./learning/trainers/command/presets/index.ts";
import { requestShapes } from "./learning/trainers/openai-compatible/request-shape.ts";
import { trainerNames } from "./learning/trainers/trainer.ts";
import { choice, list, secret, text, whole, type Setting } from "./setting.ts";

const presetNames = [...presets.map(({ name }) => name), "custom"] as const;

const prices = (about: string) =>
  list(about, z.string().regex(/^[^=\s]+=\d+(\.\d+)?$/), { allowed: "setting.prices" });

/** The settings of what trains language models, and of what serves the trained ones. */
export const trainingSettings = {
  "private.jobsAtOnce": whole(
    0,
    1_000,
    1,
    "How many long jobs somebody without a role may have open in a private chat.",
  ),
  "private.jobsPerDay": whole(
    0,
    100_000,
    10,
    "How many long jobs somebody without a role may start in a private chat in 24 hours.",
  ),
  "private.trainers": {
    ...list(
      `What they may train with there: ${trainerNames.join(", ")}; all but embedded may cost you.`,
      z.enum(trainerNames),
      { allowed: "setting.list-of", choices: trainerNames.join(", ") },
    ),
    fallback: ["embedded"],
  } satisfies Setting<readonly string[]>,
  "trainers.openai.url": text(
    "",
    "Where fine-tuning jobs go in OpenAI's shape, e.g. https://api.openai.com/v1; empty: nowhere.",
  ),
  "trainers.openai.apiKey": secret("The key for it."),
  "trainers.openai.model": text(
    "",
    "The model that is fine-tuned there when nobody names another.",
  ),
  "trainers.openai.shape": choice(
    requestShapes,
    "method",
    "How it wants hyperparameters: under method, as OpenAI does, or at the top, as it once did and others do.",
  ),
  "trainers.openai.prices": prices(
    "What a million trained tokens costs there in US dollars, for estimates, e.g. gpt-4.1-nano=1.5.",
  ),
  "trainers.together.url": text("https://api.together.xyz/v1", "Where Together's API is."),
  "trainers.together.apiKey": secret("The key for Together; empty: it is not used."),
  "trainers.together.model": text("", "The model that is fine-tuned at Together unless named."),
  "trainers.together.prices": prices(
    "What a million trained tokens costs at Together in US dollars, for estimates.",
  ),
  "trainers.timeoutSeconds": whole(
    1,
    3_600,
    60,
    "How many seconds a provider of fine-tuning may take for one answer.",
  ),
  "trainers.retries": whole(0, 10, 3, "How often a failed request to such a provider is repeated."),
  "trainers.pollSeconds": whole(1, 3_600, 20, "How often such a provider is asked for news."),
  "trainers.patienceHours": whole(
    1,
    720,
    24,
    "How many hours such a provider may be unreachable before a training counts as failed.",
  ),
  "trainers.command.presets": list(
    `Which programs may train on this machine: ${presetNames.join(", ")}; the first that has a method is the usual one.`,
    z.enum(presetNames),
    { allowed: "setting.list-of", choices: presetNames.join(", ") },
  ),
  "trainers.command.models": list(
    "Which models they may start from, names or folders; the first is the usual one.",
  ),
  "trainers.command.custom": list(
    "Your own program and its arguments, with blanks such as {spec}; see docs/training.md.",
  ),
  "trainers.command.customFormat": choice(
    exportTargets,
    "trl-sft",
    "The format of rows that your own program reads.",
  ),
  "trainers.command.environment": list(
    "Names of further environment variables that training programs may see, e.g. HF_TOKEN.",
  ),
  "trainers.command.hours": whole(1, 10_000, 48, "How many hours a training program may run."),
  "trainers.command.silentMinutes": whole(
    1,
    10_000,
    60,
    "How many minutes a training program may show no sign of life.",
  ),
  "trainers.command.diskGb": whole(
    1,
    100_000,
    100,
    "How many gigabytes a training program may write.",
  ),
  "trainers.command.graceSeconds": whole(
    0,
    3_600,
    30,
    "How many seconds a training program may take to end when it is cancelled.",
  ),
  "serving.kind": choice(
    ["none", "vllm", "ollama"],
    "none",
    "What answers with adapters that were trained on this machine.",
  ),
  "serving.url": text("", "Where it is, e.g. http://127.0.0.1:8000 for vLLM."),
  "serving.apiKey": secret("The key for it, if it wants one."),
  "serving.model": text("", "Ollama's name of the model that adapters are for."),
  "serving.dataFolder": text(
    "",
    "Where vLLM sees the data folder, when it runs in another place; empty: the same.",
  ),
} as const;
