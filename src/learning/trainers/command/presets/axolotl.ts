import type { Preset, Template } from "../preset.ts";

const conversation = { type: "chat_template", field_messages: "messages" };
const pair = {
  type: "chat_template.default",
  field_messages: "messages",
  field_chosen: "chosen",
  field_rejected: "rejected",
};
const labelled = {
  type: {
    field_prompt: "prompt",
    field_completion: "completion",
    field_label: "label",
    prompt_format: "{prompt}",
    completion_format: "{completion}",
  },
};

const read = (path: string, format: { [key: string]: Template }): Template => [
  { path, ds_type: "json", split: "train", ...format },
];
const datasets = (format: { [key: string]: Template }) => ({ datasets: read("{train}", format) });
const tests = (format: { [key: string]: Template }) => ({
  test_datasets: read("{validation}", format),
});

/** LoRA by Axolotl: https://docs.axolotl.ai (getting-started, rlhf) */
export const axolotl: Preset = {
  name: "axolotl",
  command: ["axolotl", "train", "{config}"],
  config: {
    base_model: "{model}",
    adapter: "lora",
    lora_r: 16,
    lora_alpha: 32,
    lora_dropout: 0.05,
    lora_target_linear: true,
    sequence_len: 2048,
    sample_packing: false,
    val_set_size: 0,
    output_dir: "{output}",
    num_epochs: "{epochs}",
    micro_batch_size: "{batchSize}",
    gradient_accumulation_steps: 1,
    learning_rate: "{learningRate}",
    optimizer: "adamw_torch",
    lr_scheduler: "cosine",
    seed: "{seed}",
    logging_steps: 1,
  },
  methods: {
    sft: {
      target: "openai-sft",
      config: datasets(conversation),
      validationConfig: tests(conversation),
    },
    dpo: {
      target: "trl-dpo",
      shape: "messages-pair",
      config: { rl: "dpo", rl_beta: "{beta}", ...datasets(pair) },
      validationConfig: tests(pair),
    },
    kto: {
      target: "trl-kto",
      shape: "texts-label",
      config: {
        rl: "kto",
        rl_beta: "{beta}",
        remove_unused_columns: false,
        ...datasets(labelled),
      },
      validationConfig: tests(labelled),
    },
  },
  defaults: { epochs: 3, batchSize: 2, learningRate: 1e-4, beta: 0.1 },
};
