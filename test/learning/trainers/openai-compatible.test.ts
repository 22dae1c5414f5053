import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { ApprenticeError } from "../../../src/core/errors.ts";
import { keyOf } from "../../../src/learning/trainers/job-key.ts";
import {
  createOpenAiCompatibleTrainer,
  type OpenAiCompatibleOptions,
} from "../../../src/learning/trainers/openai-compatible/openai-compatible.ts";
import type { Trainer } from "../../../src/learning/trainers/trainer.ts";
import { startRun } from "../../contracts/started-run.ts";
import { trainerContract } from "../../contracts/trainer.ts";
import {
  goodPlan,
  startTuningDouble,
  tuningKey,
  type TuningDouble,
} from "../../doubles/openai/tuning.ts";
import { openTuningParts, quick, type TuningParts } from "./tuning-parts.ts";

const model = "gpt-4.1-nano-2025-04-14";

describe("the trainer over OpenAI's fine-tuning API", () => {
  let double: TuningDouble;
  let parts: TuningParts;
  before(async () => {
    [double, parts] = await Promise.all([startTuningDouble(), openTuningParts()]);
  });
  after(async () => {
    await Promise.all([double.close(), parts.close()]);
    assert.deepEqual(double.complaints, []);
  });
  beforeEach(() => {
    double.plan = goodPlan;
  });

  const open = (given: Partial<OpenAiCompatibleOptions> = {}): Trainer =>
    createOpenAiCompatibleTrainer({
      url: double.url,
      apiKey: tuningKey,
      model,
      shape: "method",
      prices: new Map([[model, 1.5]]),
      ...quick,
      datasets: parts.datasets,
      ...given,
    });
  const jobsOf = (jobId: string) =>
    double.jobs.filter(
      ({ request }) => (request["metadata"] as Record<string, string>)["apprentice_job"] === jobId,
    );
  const failureOf = async (trainer: Trainer, order = parts.order()): Promise<ApprenticeError> => {
    const failure = await startRun(trainer, order).failure();
    assert.ok(failure instanceof ApprenticeError, String(failure));
    return failure;
  };

  describe("as any trainer", () => {
    trainerContract(() => ({
      trainer: open(),
      data: parts.data,
      order: parts.order,
      begun: async ({ jobId }) => jobsOf(jobId).length,
      going: async ({ jobId }) =>
        jobsOf(jobId).filter(({ status }) => !["succeeded", "cancelled"].includes(status)).length,
    }));
  });

  test("sends rows, settings and our mark, tells events and checkpoints, and takes the rows away", async () => {
    const order = parts.order({ settings: { epochs: 2, batchSize: 4, seed: 7 } });
    const run = startRun(open(), order);
    const trained = await run.trained;
    const [job] = jobsOf(order.jobId);
    const { training_file: file, validation_file: validation, ...request } = job!.request;
    assert.deepEqual(request, {
      model,
      suffix: keyOf(order.jobId),
      seed: 7,
      metadata: {
        apprentice_key: keyOf(order.jobId),
        apprentice_job: order.jobId,
        dataset_sha256: order.dataset.sha256,
      },
      method: {
        type: "supervised",
        supervised: { hyperparameters: { n_epochs: 2, batch_size: 4 } },
      },
    });
    assert.ok(file && validation);
    assert.deepEqual(run.measured("train_loss"), [0.3, 0.15, 0.1]);
    assert.deepEqual(run.progress.at(-1), { step: 30, total: 30 });
    const checkpoints = run.news.filter(({ kind }) => kind === "checkpoint");
    assert.deepEqual(
      checkpoints.map((piece) => piece.kind === "checkpoint" && piece.step),
      [10, 20, 30],
    );
    const name = `ft:${keyOf(order.jobId)}`;
    assert.deepEqual(trained, {
      base: model,
      artefact: { kind: "hosted", provider: "openai-compatible", url: double.url, name },
      served: { provider: "openai-compatible", url: double.url, name },
      sunset: null,
      cost: { seconds: 60, tokens: 5000, dollars: 0.0075 },
      unused: { "negative-unused": 40 },
      metrics: { train_loss: 0.1, train_mean_token_accuracy: 0.5 },
    });
    assert.equal(double.files.length, 0);
  });

  test("trains on pairs by DPO", async () => {
    const order = parts.order({ method: "dpo", settings: { beta: 0.2 } });
    await startRun(open(), order).trained;
    assert.deepEqual(jobsOf(order.jobId)[0]!.request["method"], {
      type: "dpo",
      dpo: { hyperparameters: { beta: 0.2 } },
    });
  });

  test("speaks the older shape to those who have kept it", async () => {
    const trainer = open({ shape: "hyperparameters" });
    assert.deepEqual(trainer.traits.methods, { sft: "openai-sft" });
    const order = parts.order({ settings: { epochs: 1 } });
    await startRun(trainer, order).trained;
    const { request } = jobsOf(order.jobId)[0]!;
    assert.deepEqual([request["hyperparameters"], request["method"]], [{ n_epochs: 1 }, undefined]);
  });

  test("what it will cost is told before, and what it costs after", async () => {
    const order = parts.order({ settings: { epochs: 1 } });
    const { tokens, dollars } = await open().estimate(order);
    assert.ok(tokens! > 500 && tokens! < 5000, String(tokens));
    assert.equal(dollars, (tokens! / 1_000_000) * 1.5);
    const unpriced = await open({ prices: new Map() }).estimate(order);
    assert.equal(unpriced.dollars, null);
  });

  test("a wrong key, a base that cannot be tuned, and no base at all are refused at once", async () => {
    const wrongKey = await failureOf(open({ apiKey: "sk-wrong" }));
    assert.deepEqual([wrongKey.code, wrongKey.values["status"]], ["training-unauthorised", 401]);
    const calls = double.calls.length;
    const wrongBase = await failureOf(open(), parts.order({ base: "gpt-9" }));
    assert.equal(wrongBase.code, "training-refused");
    assert.equal(wrongBase.values["reason"], "that model cannot be tuned.");
    assert.equal(double.calls.slice(calls).filter((call) => call.endsWith("/jobs")).length, 1);
    assert.equal((await failureOf(open({ model: "" }))).code, "training-base-missing");
    const findings = await open({ model: "" }).check(parts.order());
    assert.ok(findings.some(({ code, stops }) => code === "base-missing" && stops));
    assert.deepEqual(double.complaints.splice(0), ["that model cannot be tuned"]);
    assert.equal(double.files.length, 0);
  });

  test("429 and 500 pass when they pass, and are told when they stay", async () => {
    double.fail(
      { on: "POST /files", status: 429, headers: { "retry-after": "0" } },
      { on: "POST /files", status: 503 },
      { on: "POST /fine_tuning/jobs", status: 429, headers: { "retry-after": "0" } },
      { on: "GET /fine_tuning/jobs/", status: 500 },
    );
    const order = parts.order();
    await startRun(open(), order).trained;
    assert.equal(jobsOf(order.jobId).length, 1);

    const busy = { on: "POST /files", status: 429, headers: { "retry-after": "0" } };
    double.fail(busy, busy, busy);
    assert.equal((await failureOf(open())).code, "training-rate-limited");
    double.fail({
      on: "POST /files",
      status: 429,
      json: { error: { message: "You exceeded your quota", code: "insufficient_quota" } },
    });
    const poor = await failureOf(open());
    assert.deepEqual(
      [poor.code, poor.values["reason"]],
      ["training-refused", "You exceeded your quota."],
    );
  });

  test("an answer that is lost does not begin a second training", async () => {
    for (const lost of [{ cut: true }, { status: 502 }, { status: 200, text: "<html>" }] as const) {
      double.fail(
        { on: "POST /files", carriedOut: true, ...lost },
        { on: "POST /fine_tuning/jobs", carriedOut: true, ...lost },
        { on: "GET /fine_tuning/jobs", status: 500 },
      );
      const order = parts.order();
      await startRun(open(), order).trained;
      assert.equal(jobsOf(order.jobId).length, 1, JSON.stringify(lost));
      assert.equal(double.files.length, 0);
    }
  });

  test("a training that was cancelled while it was being asked for is found and ended", async () => {
    const order = parts.order();
    double.fail({ on: "POST /fine_tuning/jobs", carriedOut: true, cut: true });
    const run = startRun(open(), order);
    while (jobsOf(order.jobId).length === 0) await new Promise(setImmediate);
    run.cancel();
    assert.equal(((await run.failure()) as ApprenticeError).code, "cancelled");
    assert.deepEqual(
      jobsOf(order.jobId).map(({ status }) => status),
      ["cancelled"],
    );
    assert.equal(double.files.length, 0);
  });

  test("a state that nobody knows is kept as it was said, and counts as running", async () => {
    double.plan = { states: ["queued", "awaiting_capacity", "running", "succeeded"] };
    const run = startRun(open(), parts.order());
    await run.trained;
    const said = run.news.flatMap((piece) => (piece.kind === "log" ? [piece.text] : []));
    assert.ok(said.some((text) => text.endsWith(": awaiting_capacity")));
  });

  test("a failure is told in the provider's words", async () => {
    double.plan = { states: ["running", "failed"], error: "The loss became NaN" };
    const failure = await failureOf(open());
    assert.equal(failure.code, "training-failed");
    assert.equal(failure.values["reason"], "The loss became NaN.");
    assert.equal(double.files.length, 0);
  });

  test("success without a model is no success", async () => {
    double.plan = { states: ["running", "succeeded"], modelMissing: true };
    assert.equal((await failureOf(open())).code, "training-artefact-missing");
  });

  test("rows that the provider rejects are told with its reason", async () => {
    double.fail({
      on: "GET /files/",
      status: 200,
      json: { id: "file-x", status: "error", status_details: "line 3 is no JSON" },
    });
    const failure = await failureOf(open());
    assert.deepEqual(
      [failure.code, failure.values["reason"]],
      ["training-file-rejected", "line 3 is no JSON."],
    );
  });

  test("a training that is gone is looked for by our mark, and lost only then", async () => {
    double.plan = { states: ["running"] };
    const order = parts.order();
    const run = startRun(open(), order);
    await run.moved();
    double.forget(jobsOf(order.jobId)[0]!.id);
    const failure = (await run.failure()) as ApprenticeError;
    assert.equal(failure.code, "training-lost");
    assert.ok(double.calls.lastIndexOf("GET /fine_tuning/jobs") > 0);
  });

  test("somebody else's cancellation is one", async () => {
    double.plan = { states: ["running", "cancelled"] };
    assert.equal((await failureOf(open())).code, "cancelled");
  });

  test("pausing holds it there too, until it is resumed", async () => {
    double.plan = { states: ["running", "running", "running", "succeeded"] };
    const order = parts.order();
    const run = startRun(open(), order);
    run.pause();
    const status = (): string => jobsOf(order.jobId)[0]?.status ?? "";
    while (status() !== "paused") await new Promise(setImmediate);
    run.resume();
    await run.trained;
    assert.equal(double.calls.filter((call) => call.endsWith("/resume")).length, 1);
  });

  test("a server without events and checkpoints is followed by its state alone", async () => {
    double.plan = { ...goodPlan, without: ["events", "checkpoints"] };
    const order = parts.order();
    const run = startRun(open(), order);
    await run.trained;
    assert.ok(run.news.every(({ kind }) => kind === "log"));
    const asked = double.calls.filter((call) =>
      call.endsWith(`${jobsOf(order.jobId)[0]!.id}/events`),
    );
    assert.equal(asked.length, 1);
  });

  test("a provider's last day is warned of 90 days before, and keeps new trainings out after", async () => {
    const at = (date: string) =>
      open({ url: "https://api.openai.com/v1", today: () => Date.parse(date) });
    const codes = async (date: string, base = model) =>
      (await at(date).check(parts.order({ base })))
        .filter(({ code }) => code.includes("sunset"))
        .map(({ code, stops, values }) => [code, stops, values["days"]]);
    assert.equal(at("2026-01-01").traits.sunset, "2027-01-06");
    assert.deepEqual(await codes("2026-10-01"), []);
    assert.deepEqual(await codes("2026-10-08"), [["sunset-near", false, 90]]);
    assert.deepEqual(await codes("2027-01-06T23:59:59Z", "gpt-4.1-mini-2025-04-14"), [
      ["sunset-near", false, 0],
      ["model-sunset-near", false, 8],
    ]);
    assert.deepEqual(await codes("2027-01-07"), [["sunset-past", true, undefined]]);
    const failure = await failureOf(at("2027-01-07"));
    assert.deepEqual([failure.code, failure.values["date"]], ["training-sunset", "2027-01-06"]);
  });

  test("nothing is trained on a version that is not the one that was ordered", async () => {
    const { dataset } = parts.order();
    const other = parts.order({ dataset: { ...dataset, sha256: "0".repeat(64) } });
    assert.equal((await failureOf(open(), other)).code, "dataset-damaged");
    assert.equal(jobsOf(other.jobId).length, 0);
  });

  test("the day on which the model is shut down is kept with it", async () => {
    double.plan = { ...goodPlan, shutdown: "2027-05-01" };
    assert.equal((await startRun(open(), parts.order()).trained).sunset, "2027-05-01");
  });

  test("nobody is followed to another server with the rows or the key", async () => {
    double.fail({ on: "POST /files", status: 307, headers: { location: "http://127.0.0.1:1/" } });
    const failure = await failureOf(open({ retries: 0 }));
    assert.equal(failure.code, "training-garbled");
  });

  test("a server that is not there is told with its host", async () => {
    const gone = await startTuningDouble();
    await gone.close();
    const failure = await failureOf(open({ url: gone.url, patienceSeconds: 0.01 }));
    const { host } = new URL(gone.url);
    assert.deepEqual(failure.values, { host, reason: "ECONNREFUSED" });
  });
});
