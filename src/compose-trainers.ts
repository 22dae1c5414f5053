import { programEnvironment, type Config } from "./config.ts";
import { ApprenticeError } from "./core/errors.ts";
import type { Datasets } from "./learning/datasets/datasets.ts";
import { createOllamaServing } from "./learning/serving/ollama.ts";
import type { Serving } from "./learning/serving/serving.ts";
import { createVllmServing } from "./learning/serving/vllm.ts";
import { createCommandTrainer } from "./learning/trainers/command/command.ts";
import type { Preset } from "./learning/trainers/command/preset.ts";
import { customPreset } from "./learning/trainers/command/presets/custom.ts";
import { presets } from "./learning/trainers/command/presets/index.ts";
import { createOpenAiCompatibleTrainer } from "./learning/trainers/openai-compatible/openai-compatible.ts";
import { createTogetherTrainer } from "./learning/trainers/together/together.ts";
import type { Trainer } from "./learning/trainers/trainer.ts";
import type { TextKey } from "./texts/en.ts";

/** How often a program's folder is looked at, in seconds. */
const programPollSeconds = 1;
/** How often the disk under it is. */
const diskSeconds = 10;
/** How long a model server may take to load an adapter. */
const servingSeconds = 600;

/**
 * The trainers of language models that the configuration turns on. Throws `config-invalid` when one is
 * only half described.
 */
export function createLanguageTrainers(
  config: Config,
  datasets: Pick<Datasets, "export" | "exportable">,
): readonly Trainer[] {
  const trainers: Trainer[] = [];
  const hosted = {
    datasets,
    timeoutSeconds: config["trainers.timeoutSeconds"],
    retries: config["trainers.retries"],
    pollSeconds: config["trainers.pollSeconds"],
    patienceSeconds: config["trainers.patienceHours"] * 3600,
  };
  if (config["trainers.openai.url"] !== "") {
    trainers.push(
      createOpenAiCompatibleTrainer({
        ...hosted,
        url: neededUrl(config, "trainers.openai.url"),
        apiKey: config["trainers.openai.apiKey"],
        model: config["trainers.openai.model"],
        shape: config["trainers.openai.shape"],
        prices: pricesIn(config["trainers.openai.prices"]),
      }),
    );
  }
  if (config["trainers.together.apiKey"] !== "") {
    trainers.push(
      createTogetherTrainer({
        ...hosted,
        url: neededUrl(config, "trainers.together.url"),
        apiKey: config["trainers.together.apiKey"],
        model: config["trainers.together.model"],
        prices: pricesIn(config["trainers.together.prices"]),
      }),
    );
  }
  const chosen = chosenPresets(config);
  if (chosen.length > 0) {
    const serving = createServing(config);
    trainers.push(
      createCommandTrainer({
        data: config.data,
        datasets,
        presets: chosen,
        models: config["trainers.command.models"],
        environment: programEnvironment(config["trainers.command.environment"]),
        limits: {
          hours: config["trainers.command.hours"],
          silentMinutes: config["trainers.command.silentMinutes"],
          diskGb: config["trainers.command.diskGb"],
          diskSeconds,
        },
        graceSeconds: config["trainers.command.graceSeconds"],
        pollSeconds: programPollSeconds,
        ...(serving && { serving }),
      }),
    );
  }
  return trainers;
}

/** What serves adapters, if anything does. Throws `config-invalid`. */
export function createServing(config: Config): Serving | undefined {
  const kind = config["serving.kind"];
  if (kind === "none") return undefined;
  const settings = {
    url: neededUrl(config, "serving.url"),
    apiKey: config["serving.apiKey"],
    timeoutSeconds: servingSeconds,
  };
  if (kind === "vllm") {
    const data = { here: config.data, there: config["serving.dataFolder"] };
    return createVllmServing({ ...settings, data });
  }
  const base = config["serving.model"];
  if (base === "") throw refusal("serving.model", base, "setting.model-name");
  return createOllamaServing({ ...settings, base });
}

/** The key of the provider that has an address, for asking models that were trained there. */
export function trainedModelKey(config: Config, url: string): string {
  const origin = URL.parse(url)?.origin;
  if (origin === undefined) return "";
  const isAt = (setting: "trainers.openai.url" | "trainers.together.url" | "serving.url") =>
    URL.parse(config[setting])?.origin === origin;
  if (isAt("trainers.openai.url")) return config["trainers.openai.apiKey"];
  if (isAt("trainers.together.url")) return config["trainers.together.apiKey"];
  return isAt("serving.url") ? config["serving.apiKey"] : "";
}

/** The programs that may train here. Throws `config-invalid`. */
export function chosenPresets(config: Config): readonly Preset[] {
  return config["trainers.command.presets"].map((name) => {
    if (name !== "custom") return presets.find((preset) => preset.name === name)!;
    const command = config["trainers.command.custom"];
    if (command.length === 0) {
      throw refusal("trainers.command.custom", "", "setting.program");
    }
    return customPreset(command, config["trainers.command.customFormat"]);
  });
}

/** `gpt-4.1-nano=1.5` and so on. */
const pricesIn = (prices: readonly string[]): ReadonlyMap<string, number> =>
  new Map(prices.map((price) => [price.split("=")[0]!, Number(price.split("=")[1])]));

function neededUrl(
  config: Config,
  path: "trainers.openai.url" | "trainers.together.url" | "serving.url",
): string {
  const url = config[path];
  if (/^https?:/.test(URL.parse(url)?.protocol ?? "")) return url;
  throw refusal(path, url, "setting.url");
}

const refusal = (path: string, value: string, allowed: TextKey): ApprenticeError =>
  new ApprenticeError("config-invalid", {
    path,
    value: `"${value}"`,
    allowed,
    nearest: "",
    source: "apprentice.yaml",
  });
