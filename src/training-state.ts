import { chosenPresets, createServing } from "./compose-trainers.ts";
import { programEnvironment, type Config } from "./config.ts";
import type { StatusLine } from "./commands/context.ts";
import { ApprenticeError } from "./core/errors.ts";
import { findProgram } from "./learning/trainers/command/find-program.ts";
import { programOf } from "./learning/trainers/command/preset.ts";
import { createProviderClient, isMissing } from "./learning/trainers/hosted/provider-client.ts";
import { off, on, problem } from "./status.ts";
import { sayError, type Voice } from "./texts/say.ts";

/** How long doctor waits for a service. */
const patienceSeconds = 5;

/** What can train, and what answers with trained adapters; asks nobody. */
export function trainingLines(config: Config): StatusLine[] {
  const presets = config["trainers.command.presets"].join(", ");
  const trainers = [
    "embedded",
    ...(config["trainers.openai.url"]
      ? [`openai-compatible (${hostOf(config["trainers.openai.url"])})`]
      : []),
    ...(config["trainers.together.apiKey"] ? ["together"] : []),
    ...(presets ? [`command (${presets})`] : []),
  ].join(", ");
  const kind = config["serving.kind"];
  return [
    on("training", "status.training", { trainers }),
    kind === "none"
      ? off("serving", "status.serving-off")
      : on("serving", "status.serving", { kind, host: hostOf(config["serving.url"]) }),
  ];
}

/** The same, after asking the services and looking for the programs. */
export async function examineTraining(config: Config, voice: Voice): Promise<StatusLine[]> {
  const told = async (
    part: "training" | "serving",
    ask: () => Promise<void>,
  ): Promise<StatusLine[]> => {
    try {
      await ask();
      return [];
    } catch (error) {
      if (!(error instanceof ApprenticeError)) throw error;
      return [problem(part, `status.${part}-problem`, { reason: sayError(voice, error) })];
    }
  };
  const asks = [
    told("training", () => findPrograms(config)),
    ...services(config).map((service) => told("training", () => askService(service))),
    told("serving", async () => createServing(config)?.check()),
  ];
  return [...trainingLines(config), ...(await Promise.all(asks)).flat()];
}

async function findPrograms(config: Config): Promise<void> {
  const environment = programEnvironment(config["trainers.command.environment"]);
  for (const preset of chosenPresets(config)) {
    const program = programOf(preset);
    if (await findProgram(program, environment)) continue;
    throw new ApprenticeError("training-program-missing", { program, reason: "ENOENT" });
  }
}

type Service = { readonly url: string; readonly apiKey: string };

const services = (config: Config): readonly Service[] => [
  ...(config["trainers.openai.url"]
    ? [{ url: config["trainers.openai.url"], apiKey: config["trainers.openai.apiKey"] }]
    : []),
  ...(config["trainers.together.apiKey"]
    ? [{ url: config["trainers.together.url"], apiKey: config["trainers.together.apiKey"] }]
    : []),
];

async function askService(service: Service): Promise<void> {
  const settings = { ...service, timeoutSeconds: patienceSeconds, retries: 0 };
  const asked = createProviderClient(settings).head({ method: "GET", path: "/models" });
  await asked.catch((error: unknown) => {
    // Not every service lists its models; it answered.
    if (!isMissing(error)) throw error;
  });
}

const hostOf = (url: string): string => URL.parse(url)?.host ?? "?";
