import { trimEnd } from "../../../core/trim-end.ts";
import type { Datasets } from "../../datasets/datasets.ts";
import { createHostedTrainer } from "../hosted/create-hosted-trainer.ts";
import type { HostedOptions } from "../hosted/hosted-parts.ts";
import { createProviderClient, type ProviderSettings } from "../hosted/provider-client.ts";
import type { Trainer } from "../trainer.ts";
import { createFiles } from "./files.ts";
import { createJobs } from "./jobs.ts";

export type TogetherOptions = HostedOptions &
  ProviderSettings & { readonly datasets: Pick<Datasets, "export" | "exportable"> };

/** A trainer over Together's own API: https://docs.together.ai/docs/fine-tuning-overview */
export function createTogetherTrainer(options: TogetherOptions): Trainer {
  const client = createProviderClient(options);
  return createHostedTrainer({
    name: "together",
    api: {
      host: client.host,
      files: createFiles(client, options),
      jobs: createJobs(client),
    },
    url: trimEnd(options.url, "/"),
    traits: {
      methods: { sft: "openai-sft", dpo: "openai-dpo" },
      canPause: false,
      leastRows: 1,
    },
    knownSettings: ["epochs", "batchSize", "learningRate", "beta", "seed"],
    baseSetting: "trainers.together.model",
    datasets: options.datasets,
    options,
  });
}
