import { trimEnd } from "../../../core/trim-end.ts";
import type { Datasets } from "../../datasets/datasets.ts";
import { createHostedTrainer } from "../hosted/create-hosted-trainer.ts";
import type { HostedOptions } from "../hosted/hosted-parts.ts";
import { createProviderClient, type ProviderSettings } from "../hosted/provider-client.ts";
import type { Trainer } from "../trainer.ts";
import { createFiles } from "./files.ts";
import { createJobs, createPausing, shutdownDate } from "./jobs.ts";
import type { RequestShape } from "./request-shape.ts";

export type OpenAiCompatibleOptions = HostedOptions &
  ProviderSettings & {
    readonly shape: RequestShape;
    readonly datasets: Pick<Datasets, "export" | "exportable">;
  };

/** OpenAI's own limit: https://platform.openai.com/docs/guides/supervised-fine-tuning */
const leastRows = 10;

/** A trainer behind any server with OpenAI's `/files` and `/fine_tuning/jobs`. */
export function createOpenAiCompatibleTrainer(options: OpenAiCompatibleOptions): Trainer {
  const { shape, datasets } = options;
  const client = createProviderClient(options);
  const url = trimEnd(options.url, "/");
  return createHostedTrainer({
    name: "openai-compatible",
    api: {
      host: client.host,
      files: createFiles(client),
      jobs: createJobs(client, shape),
      pausing: createPausing(client),
      sunsetOf: (model) => shutdownDate(client, model),
    },
    url,
    traits: {
      methods: { sft: "openai-sft", ...(shape === "method" && { dpo: "openai-dpo" as const }) },
      canPause: true,
      leastRows,
    },
    knownSettings: ["epochs", "batchSize", "beta", "seed"],
    baseSetting: "trainers.openai.model",
    datasets,
    options,
  });
}
