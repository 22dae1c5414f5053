import type { Preset } from "../preset.ts";
import { trlConfig, trlValidation } from "./trl-common.ts";

/** Supervised training of a LoRA adapter: https://huggingface.co/docs/trl/sft_trainer */
export const trlSft: Preset = {
  name: "trl-sft",
  command: ["trl", "sft", "--config", "{config}"],
  config: { ...trlConfig, completion_only_loss: true },
  validationConfig: trlValidation,
  methods: { sft: { target: "trl-sft" } },
  defaults: { epochs: 3, batchSize: 4, learningRate: 2e-4 },
};
