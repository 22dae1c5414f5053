import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { readConfig } from "../src/config.ts";
import { examineTraining, trainingLines } from "../src/training-state.ts";
import { say } from "../src/texts/say.ts";
import { startTuningDouble, tuningKey, type TuningDouble } from "./doubles/openai/tuning.ts";
import { startVllm, type ModelServer } from "./doubles/serving/model-server.ts";
import { temporaryFolder } from "./temporary-folder.ts";

describe("what doctor says about training", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let double: TuningDouble;
  let vllm: ModelServer;
  before(async () => {
    [folder, double, vllm] = await Promise.all([
      temporaryFolder(),
      startTuningDouble(),
      startVllm(),
    ]);
  });
  after(() => Promise.all([folder.remove(), double.close(), vllm.close()]));

  const configOf = (settings: NodeJS.ProcessEnv) => readConfig(folder.path, settings).config;
  const examine = async (settings: NodeJS.ProcessEnv) =>
    (await examineTraining(configOf(settings), "en")).map(
      ({ state, key, values }) => `${state}: ${say("en", key, values)}`,
    );
  const service = (key: string) => ({
    APPRENTICE_TRAINERS_OPENAI_URL: double.url,
    APPRENTICE_TRAINERS_OPENAI_API_KEY: key,
  });

  test("without settings only the embedded trainer is on, and why nothing serves", async () => {
    assert.deepEqual(await examine({}), [
      "on: Training: embedded.",
      "off: Trained adapters: nothing answers with them. Set serving.kind to use them.",
    ]);
  });

  test("what is set is asked: a service that answers is good, with a wrong key it is not", async () => {
    const { host } = new URL(double.url);
    const good = await examine(service(tuningKey));
    assert.deepEqual(good[0], `on: Training: embedded, openai-compatible (${host}).`);
    assert.equal(good.length, 2);
    const [, , wrong] = await examine(service("sk-wrong"));
    assert.match(wrong!, /^problem: Training: .+ does not accept the API key \(HTTP 401\)/);
  });

  test("a program that is not installed and a server that is not there are problems", async () => {
    const serving = { APPRENTICE_SERVING_KIND: "vllm", APPRENTICE_SERVING_URL: vllm.url };
    const presets = { APPRENTICE_TRAINERS_COMMAND_PRESETS: "trl-sft" };
    const missing = await examine({ ...serving, ...presets });
    assert.match(missing[2]!, /^problem: Training: .*program trl could not be started/);
    assert.equal(missing.length, 3);
    await vllm.close();
    const [, , gone] = await examine(serving);
    assert.match(
      gone!,
      /^problem: Trained adapters: The model server at .+ does not answer \(nothing listens there\)/,
    );
  });

  test("status asks nobody", () => {
    const calls = double.calls.length;
    assert.equal(trainingLines(configOf(service(tuningKey))).length, 2);
    assert.equal(double.calls.length, calls);
  });
});
