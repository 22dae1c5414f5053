import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { createLanguageTrainers, trainedModelKey } from "../src/compose-trainers.ts";
import { programEnvironment, readConfig } from "../src/config.ts";
import { ApprenticeError } from "../src/core/errors.ts";
import { openTuningParts, type TuningParts } from "./learning/trainers/tuning-parts.ts";

describe("the trainers that a configuration turns on", () => {
  let parts: TuningParts;
  before(async () => {
    parts = await openTuningParts();
  });
  after(() => parts.close());

  const configOf = (settings: Readonly<Record<string, string>>) =>
    readConfig(
      parts.data,
      Object.fromEntries(
        Object.entries({ DATA: parts.data, ...settings }).map(([name, value]) => [
          `APPRENTICE_${name}`,
          value,
        ]),
      ),
    ).config;
  const open = (settings: Readonly<Record<string, string>>) =>
    createLanguageTrainers(configOf(settings), parts.datasets);
  const refusal = (settings: Readonly<Record<string, string>>): string => {
    try {
      open(settings);
    } catch (error) {
      assert.ok(error instanceof ApprenticeError && error.code === "config-invalid");
      return String(error.values["path"]);
    }
    return assert.fail("nothing was refused");
  };

  test("none, unless somebody says so", () => {
    assert.deepEqual(open({}), []);
  });

  test("each by its own settings, with what it can do", async () => {
    const trainers = open({
      TRAINERS_OPENAI_URL: "https://api.openai.com/v1",
      TRAINERS_OPENAI_PRICES: "gpt-4.1-nano=1.5, other=20",
      TRAINERS_OPENAI_MODEL: "other",
      TRAINERS_TOGETHER_API_KEY: "k",
      TRAINERS_COMMAND_PRESETS: "trl-dpo,custom",
      TRAINERS_COMMAND_CUSTOM: '["no-such-program", "--spec={spec}"]',
      TRAINERS_COMMAND_CUSTOM_FORMAT: "trl-kto",
      TRAINERS_COMMAND_MODELS: '["Qwen/Qwen3-0.6B", "a, b"]',
    });
    assert.deepEqual(
      trainers.map(({ name, traits }) => [name, traits.methods, traits.sunset]),
      [
        ["openai-compatible", { sft: "openai-sft", dpo: "openai-dpo" }, "2027-01-06"],
        ["together", { sft: "openai-sft", dpo: "openai-dpo" }, undefined],
        ["command", { dpo: "trl-dpo", kto: "trl-kto" }, undefined],
      ],
    );
    const [openai, , command] = trainers;
    const { tokens, dollars } = await openai!.estimate(parts.order());
    assert.equal(dollars, (tokens! / 1_000_000) * 20);
    const findings = await command!.check(parts.order({ method: "kto", base: "a, b" }));
    assert.deepEqual(
      findings.filter(({ stops }) => stops).map(({ code, values }) => [code, values["program"]]),
      [["program-missing", "no-such-program"]],
    );
  });

  test("one that is only half described is refused with the setting", () => {
    const custom = { TRAINERS_COMMAND_PRESETS: "custom" };
    assert.equal(refusal(custom), "trainers.command.custom");
    assert.equal(refusal({ TRAINERS_OPENAI_URL: "api.openai.com" }), "trainers.openai.url");
    const trl = { TRAINERS_COMMAND_PRESETS: "trl-sft" };
    assert.equal(refusal({ ...trl, SERVING_KIND: "vllm" }), "serving.url");
    const ollama = { SERVING_KIND: "ollama", SERVING_URL: "http://127.0.0.1:11434" };
    assert.equal(refusal({ ...trl, ...ollama }), "serving.model");
    assert.equal(refusal({ TRAINERS_COMMAND_PRESETS: "trl" }), "trainers.command.presets");
    assert.equal(refusal({ TRAINERS_OPENAI_PRICES: "cheap" }), "trainers.openai.prices");
  });

  test("a trained model is asked with the key of the place it was trained at, and no other", () => {
    const config = configOf({
      TRAINERS_OPENAI_URL: "https://api.openai.com/v1",
      TRAINERS_OPENAI_API_KEY: "one",
      TRAINERS_TOGETHER_API_KEY: "two",
      SERVING_URL: "http://127.0.0.1:8000",
      SERVING_API_KEY: "three",
    });
    const keys = [
      "https://api.openai.com/v1",
      "https://api.together.xyz/v1",
      "http://127.0.0.1:8000/v1",
      "https://elsewhere.example/v1",
      "no address",
    ].map((url) => trainedModelKey(config, url));
    assert.deepEqual(keys, ["one", "two", "three", "", ""]);
  });

  test("a training program sees what it needs of our environment, and no key of ours", () => {
    const environment = {
      PATH: "/bin",
      CUDA_VISIBLE_DEVICES: "0",
      HF_HOME: "/hf",
      HF_TOKEN: "hf",
      OPENAI_API_KEY: "sk",
      DISCORD_TOKEN: "d",
      APPRENTICE_MODEL_API_KEY: "m",
    };
    assert.deepEqual(programEnvironment(["HF_TOKEN"], environment), {
      PATH: "/bin",
      CUDA_VISIBLE_DEVICES: "0",
      HF_HOME: "/hf",
      HF_TOKEN: "hf",
    });
  });
});
