import assert from "node:assert/strict";
import { test } from "node:test";
import { createRecall } from "../../../src/learning/recall/embedded-recall.ts";
import type { Taught } from "../../../src/learning/recall/recall.ts";
import { faq, manyExamples, taught } from "./faq.ts";

const examples = [...manyExamples(8, 12), ...faq.en];
const prompts = ["how can I reset password?", "baso3 dore5", "reki1 lumu2 tani3", "unknown thing"];

test("after a refit the memory depends on the examples and their order alone", async () => {
  const atOnce = createRecall();
  atOnce.apply({ add: examples, remove: [] });
  const slowly = createRecall();
  const [first, second] = [examples.slice(0, 70), examples.slice(70)];
  slowly.apply({ add: [...first, taught("gone", "a passing thought", "Gone.")], remove: [] });
  for (const example of second.slice(0, 20)) slowly.apply({ add: [example], remove: [] });
  slowly.apply({ add: second.slice(20), remove: ["gone"] });
  await Promise.all([atOnce.refit(), slowly.refit()]);
  for (const prompt of prompts)
    assert.deepEqual(slowly.recollect(prompt), atOnce.recollect(prompt));
  assert.deepEqual(slowly.snapshot(), atOnce.snapshot());
});

test("what is taught during a refit is known during and after it", async () => {
  const recall = createRecall();
  recall.apply({ add: examples, remove: [] });
  const progress: number[] = [];
  const refit = recall.refit(undefined, (done) => progress.push(done));
  recall.apply({ add: [taught("new", "when is the parade", "On Sunday.")], remove: ["en0"] });
  assert.equal(recall.recollect("when is the parade?").answer, "On Sunday.");
  await refit;
  assert.equal(recall.recollect("when is the parade?").answer, "On Sunday.");
  assert.notEqual(recall.recollect(faq.en[0]!.prompt).answer, faq.en[0]!.answer);
  assert.equal(recall.size, examples.length);
  assert.equal(progress.at(-1), 1);
  assert.deepEqual(
    progress,
    progress.toSorted((left, right) => left - right),
  );
});

test("an aborted refit changes nothing, and the next one works", async () => {
  const recall = createRecall();
  recall.apply({ add: examples, remove: [] });
  const before = prompts.map((prompt) => recall.recollect(prompt));
  const stop = new AbortController();
  const refit = recall.refit(stop.signal);
  const reason = new Error("enough");
  stop.abort(reason);
  await assert.rejects(refit, reason);
  await assert.rejects(recall.refit(AbortSignal.abort(reason)), reason);
  assert.deepEqual(
    prompts.map((prompt) => recall.recollect(prompt)),
    before,
  );
  await recall.refit();
  assert.equal(recall.recollect("how can I reset password?").answer, faq.en[0]!.answer);
});

test("examples without an answer teach when to be silent", async () => {
  const silent: Taught[] = Array.from({ length: 40 }, (_, at) =>
    taught(`s${at}`, `tell me news number ${at} about sports and weather`, null),
  );
  const recall = createRecall();
  recall.apply({ add: [...examples, ...silent], remove: [] });
  await recall.refit();
  assert.equal(recall.recollect("any news about sports and the weather").answer, null);
});
