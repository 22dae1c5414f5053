import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import type { ApprenticeError } from "../../../src/core/errors.ts";
import { keyOf } from "../../../src/learning/trainers/job-key.ts";
import { createTogetherTrainer } from "../../../src/learning/trainers/together/together.ts";
import type { Trainer } from "../../../src/learning/trainers/trainer.ts";
import { startRun } from "../../contracts/started-run.ts";
import { trainerContract } from "../../contracts/trainer.ts";
import {
  goodStates,
  startTogetherDouble,
  togetherKey,
  type TogetherDouble,
} from "../../doubles/together/together.ts";
import { openTuningParts, quick, type TuningParts } from "./tuning-parts.ts";

describe("the trainer over Together's API", () => {
  let double: TogetherDouble;
  let parts: TuningParts;
  before(async () => {
    [double, parts] = await Promise.all([startTogetherDouble(), openTuningParts()]);
  });
  after(async () => {
    await Promise.all([double.close(), parts.close()]);
    assert.deepEqual(double.complaints, []);
  });
  beforeEach(() => {
    double.states = goodStates;
  });

  const open = (apiKey = togetherKey): Trainer =>
    createTogetherTrainer({
      url: double.url,
      apiKey,
      model: "Qwen/Qwen3-8B",
      prices: new Map(),
      ...quick,
      datasets: parts.datasets,
    });
  const jobsOf = (jobId: string) =>
    double.jobs.filter(({ request }) => request.suffix === keyOf(jobId));

  describe("as any trainer", () => {
    trainerContract(() => ({
      trainer: open(),
      data: parts.data,
      order: parts.order,
      begun: async ({ jobId }) => jobsOf(jobId).length,
      going: async ({ jobId }) =>
        jobsOf(jobId).filter(({ status }) => !["completed", "cancelled"].includes(status)).length,
    }));
  });

  test("sends what was asked for, tells what it measures, and takes the rows away", async () => {
    const settings = { epochs: 2, batchSize: 8, learningRate: 1e-5, beta: 0.2, seed: 1 };
    const order = parts.order({ method: "dpo", settings });
    const run = startRun(open(), order);
    const trained = await run.trained;
    const {
      training_file: file,
      validation_file: validation,
      ...request
    } = jobsOf(order.jobId)[0]!.request;
    assert.deepEqual(request, {
      model: "Qwen/Qwen3-8B",
      suffix: keyOf(order.jobId),
      n_checkpoints: 1,
      n_evals: 5,
      n_epochs: 2,
      batch_size: 8,
      learning_rate: 1e-5,
      random_seed: 1,
      training_type: { type: "Lora", lora_r: 16, lora_alpha: 32 },
      training_method: { method: "dpo", dpo_beta: 0.2 },
    });
    assert.ok(file && validation);
    assert.deepEqual(run.measured("train/loss"), [0.2, 0.1]);
    assert.deepEqual(run.progress.at(-1), { step: 10, total: 10 });
    assert.equal(run.news.filter(({ kind }) => kind === "checkpoint").length, 2);
    assert.deepEqual(trained.cost, { seconds: 90, tokens: 9000, dollars: 0.48 });
    assert.equal(trained.served?.name, `me/Qwen/Qwen3-8B-${keyOf(order.jobId)}`);
    assert.equal(double.files.size, 0);
  });

  test("an answer that is lost does not begin a second training", async () => {
    double.fail(
      { on: "POST /files", carriedOut: true, cut: true },
      { on: "PUT /store", status: 503 },
      { on: "POST /fine-tunes", carriedOut: true, status: 502 },
    );
    const order = parts.order();
    await startRun(open(), order).trained;
    assert.equal(jobsOf(order.jobId).length, 1);
    // The first name never got its rows.
    assert.deepEqual(
      [...double.files.values()].map(({ bytes }) => bytes),
      [null],
    );
  });

  test("a failure is told in the words of its events", async () => {
    double.states = ["running", "error"];
    const failure = (await startRun(open(), parts.order()).failure()) as ApprenticeError;
    assert.deepEqual(
      [failure.code, failure.values["reason"]],
      ["training-failed", "The data is empty."],
    );
  });

  test("a wrong key and rejected rows are told", async () => {
    const wrong = (await startRun(open("tg-wrong"), parts.order()).failure()) as ApprenticeError;
    assert.equal(wrong.code, "training-unauthorised");
    const report = { valid: false, error: "row 3 has no answer" };
    const json = { id: "file-x", Processed: true, validation_report: report };
    double.fail({ on: "GET /files/", status: 200, json });
    const rejected = (await startRun(open(), parts.order()).failure()) as ApprenticeError;
    assert.deepEqual(
      [rejected.code, rejected.values["reason"]],
      ["training-file-rejected", "row 3 has no answer."],
    );
  });

  test("rows never go to a store without TLS when the provider has it", async () => {
    const headers = { location: "ftp://store/x", "x-together-file-id": "file-x" };
    double.fail({ on: "POST /files", status: 302, headers });
    double.fail({ on: "POST /files", status: 302, headers });
    double.fail({ on: "POST /files", status: 302, headers });
    double.fail({ on: "POST /files", status: 302, headers });
    const failure = (await startRun(open(), parts.order()).failure()) as ApprenticeError;
    assert.deepEqual([failure.code, failure.values["reason"]], ["training-garbled", "location"]);
  });
});
