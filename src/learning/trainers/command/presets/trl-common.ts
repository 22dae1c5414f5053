import type { Template } from "../preset.ts";

/**
 * The configuration that all of TRL's commands share: flat, one key for each flag.
 * https://huggingface.co/docs/trl/clis
 */
export const trlConfig = {
  model_name_or_path: "{model}",
  dataset_name: "{data}",
  dataset_train_split: "train",
  output_dir: "{output}",
  num_train_epochs: "{epochs}",
  per_device_train_batch_size: "{batchSize}",
  learning_rate: "{learningRate}",
  seed: "{seed}",
  use_peft: true,
  lora_r: 16,
  lora_alpha: 32,
  lora_dropout: 0.05,
  logging_steps: 1,
  save_strategy: "epoch",
  report_to: "none",
} satisfies Template;

export const trlValidation = {
  eval_strategy: "epoch",
  dataset_test_split: "validation",
} satisfies Template;
