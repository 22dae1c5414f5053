import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { judgeMissing } from "./judge.ts";
import { startTuningDouble, tuningKey, type TuningDouble } from "./tuning.ts";

const row = '{"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"}]}\n';

describe("the fine-tuning double", () => {
  let double: TuningDouble;
  let file = "";
  before(async () => {
    double = await startTuningDouble();
    file = (await send(row.repeat(12))).id;
  });
  after(() => double.close());

  const headers = { authorization: `Bearer ${tuningKey}` };
  const send = async (text: string, purpose = "fine-tune") => {
    const form = new FormData();
    form.set("purpose", purpose);
    form.set("file", new Blob([text]), "rows.jsonl");
    const answer = await fetch(`${double.url}/files`, { method: "POST", headers, body: form });
    return { status: answer.status, ...((await answer.json()) as { id: string }) };
  };
  const create = async (body: object | string, type = "application/json"): Promise<number> => {
    const answer = await fetch(`${double.url}/fine_tuning/jobs`, {
      method: "POST",
      headers: { ...headers, "content-type": type },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
    await answer.text();
    return answer.status;
  };

  test("refuses every request known to be wrong", async (context) => {
    if (judgeMissing !== undefined) context.diagnostic(judgeMissing);
    const good = { model: "gpt-4.1-nano", training_file: file };
    const supervised = (hyperparameters: object) => ({
      ...good,
      method: { type: "supervised", supervised: { hyperparameters } },
    });
    const small = (await send(row.repeat(9))).id;
    const broken = (await send(`${row.repeat(12)}{"messages":[]}\n`)).id;
    const bad: Record<string, object> = {
      "a file that is not there": { ...good, training_file: "file-0" },
      "a validation file that is not there": { ...good, validation_file: "file-0" },
      "too few rows": { ...good, training_file: small },
      "a file that was rejected": { ...good, training_file: broken },
      "a model that cannot be tuned": { ...good, model: "gpt-9" },
      "a method without its part": { ...good, method: { type: "dpo", supervised: {} } },
      "metadata that are too long": { ...good, metadata: { key: "x".repeat(513) } },
    };
    const byDescription: Record<string, object> = {
      "no model": { training_file: file },
      "no file": { model: good.model },
      "99 epochs": supervised({ n_epochs: 99 }),
      "half an epoch": supervised({ n_epochs: 0.5 }),
      "a batch of 1000": supervised({ batch_size: 1000 }),
      "a beta of 3": { ...good, method: { type: "dpo", dpo: { hyperparameters: { beta: 3 } } } },
      "a method nobody has": { ...good, method: { type: "kto", kto: {} } },
      "a misspelt field": { ...good, traning_file: file },
      "a suffix that is too long": { ...good, suffix: "x".repeat(65) },
      "a negative seed": { ...good, seed: -1 },
      "metadata that are no text": { ...good, metadata: { job: 7 } },
    };
    const all = { ...bad, ...(judgeMissing === undefined ? byDescription : {}) };
    for (const [name, body] of Object.entries(all)) assert.equal(await create(body), 400, name);
    assert.equal(await create("{"), 400);
    assert.equal(await create(good, "text/plain"), 415);
    assert.equal((await send(row, "assistants")).status, 400);
    const wrongKey = await fetch(`${double.url}/files`, { headers: { authorization: "Bearer x" } });
    assert.equal(wrongKey.status, 401);
    assert.equal(double.jobs.length, 0);
    assert.equal(await create(good), 200);
    assert.equal(double.jobs.length, 1);
  });
});
