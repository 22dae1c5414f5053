import type { Preset } from "../preset.ts";
import { trlConfig, trlValidation } from "./trl-common.ts";

/** Training on pairs of a better and a worse answer: https://huggingface.co/docs/trl/dpo_trainer */
export const trlDpo: Preset = {
  name: "trl-dpo",
  command: ["trl", "dpo", "--config", "{config}"],
  config: { ...trlConfig, beta: "{beta}" },
  validationConfig: trlValidation,
  methods: { dpo: { target: "trl-dpo" } },
  defaults: { epochs: 1, batchSize: 4, learningRate: 5e-6, beta: 0.1 },
};
