import type { Preset } from "../preset.ts";
import { trlConfig, trlValidation } from "./trl-common.ts";

/**
 * Training on answers that are good or bad by themselves: https://huggingface.co/docs/trl/kto_trainer.
 * It needs more than one row at a time.
 */
export const trlKto: Preset = {
  name: "trl-kto",
  command: ["trl", "kto", "--config", "{config}"],
  config: { ...trlConfig, beta: "{beta}" },
  validationConfig: trlValidation,
  methods: { kto: { target: "trl-kto" } },
  defaults: { epochs: 1, batchSize: 4, learningRate: 1e-6, beta: 0.1 },
};
