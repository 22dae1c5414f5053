import type { Preset, Template } from "../preset.ts";

const tags = {
  role_tag: "role",
  content_tag: "content",
  user_tag: "user",
  assistant_tag: "assistant",
};

/** What `dataset_info.json` says of the two files, by the columns that a method has. */
const described = (columns: Template, more: { [key: string]: Template } = {}): Template => {
  const description = (file: string): Template => ({
    file_name: file,
    formatting: "sharegpt",
    columns,
    tags,
    ...more,
  });
  return { train: description("train.jsonl"), validation: description("validation.jsonl") };
};

/** LoRA by LLaMA-Factory: https://github.com/hiyouga/LLaMA-Factory (examples/train_lora, data/README.md) */
export const llamafactory: Preset = {
  name: "llamafactory",
  command: ["llamafactory-cli", "train", "{config}"],
  config: {
    model_name_or_path: "{model}",
    do_train: true,
    finetuning_type: "lora",
    lora_rank: 16,
    lora_target: "all",
    dataset_dir: "{data}",
    dataset: "train",
    output_dir: "{output}",
    num_train_epochs: "{epochs}",
    per_device_train_batch_size: "{batchSize}",
    learning_rate: "{learningRate}",
    seed: "{seed}",
    lr_scheduler_type: "cosine",
    logging_steps: 1,
    save_strategy: "epoch",
    report_to: "none",
  },
  validationConfig: { eval_dataset: "validation", eval_strategy: "epoch" },
  methods: {
    sft: {
      target: "openai-sft",
      config: { stage: "sft" },
      files: { "data/dataset_info.json": described({ messages: "messages" }) },
    },
    dpo: {
      target: "trl-dpo",
      shape: "messages-pair",
      config: { stage: "dpo", pref_beta: "{beta}" },
      files: {
        "data/dataset_info.json": described(
          { messages: "messages", chosen: "chosen", rejected: "rejected" },
          { ranking: true },
        ),
      },
    },
    kto: {
      target: "trl-kto",
      shape: "messages-label",
      config: { stage: "kto", pref_beta: "{beta}" },
      files: { "data/dataset_info.json": described({ messages: "messages", kto_tag: "label" }) },
    },
  },
  defaults: { epochs: 3, batchSize: 4, learningRate: 1e-4, beta: 0.1 },
};
