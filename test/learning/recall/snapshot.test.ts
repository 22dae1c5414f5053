import assert from "node:assert/strict";
import { test } from "node:test";
import { ApprenticeError } from "../../../src/core/errors.ts";
import { createRecall, restoreRecall } from "../../../src/learning/recall/embedded-recall.ts";
import type { Recollection } from "../../../src/learning/recall/recall.ts";
import { faq, manyExamples, taught } from "./faq.ts";

/** Weights are summed up in another order after a restart: numbers may differ a little. */
function assertAlike(actual: Recollection, expected: Recollection): void {
  const numbers: [number, number][] = [];
  const wordsOf = (found: unknown, side: 0 | 1) => {
    let at = 0;
    return JSON.stringify(found, (_key, value: unknown) => {
      if (typeof value !== "number") return value;
      (numbers[at++] ??= [0, 0])[side] = value;
      return "number";
    });
  };
  assert.equal(wordsOf(actual, 0), wordsOf(expected, 1));
  for (const [one, other] of numbers) assert.ok(Math.abs(one - other) < 0.005);
}

const prompts = [
  "how can I reset password?",
  "сброс пароля",
  "who is it?",
  "",
  "baso3 dore5 take1",
];

test("a snapshot continues where the memory was", () => {
  const recall = createRecall();
  recall.apply({ add: [...faq.en, ...faq.ru, ...manyExamples(12, 12)], remove: [] });
  recall.apply({ add: [taught("c", "who is it?", "Me.", { corrects: true })], remove: ["en3"] });
  recall.apply({ add: [taught("n", "who is that?", "Me.", { label: "negative" })], remove: [] });
  const restored = restoreRecall(recall.snapshot());
  assert.equal(restored.size, recall.size);
  for (const prompt of prompts) assertAlike(restored.recollect(prompt), recall.recollect(prompt));
  const change = { add: [taught("d", "where is it?", "There.")], remove: ["c"] };
  recall.apply(change);
  restored.apply(change);
  for (const prompt of [...prompts, "where is it"])
    assertAlike(restored.recollect(prompt), recall.recollect(prompt));
});

test("a snapshot of nothing is nothing", () => {
  const restored = restoreRecall(createRecall().snapshot());
  assert.equal(restored.size, 0);
  restored.apply({ add: faq.en, remove: [] });
  assert.equal(restored.recollect("do you ship to canada").tier, "exact");
});

test("learning does not write into the bytes of the snapshot", () => {
  const recall = createRecall();
  recall.apply({ add: faq.en, remove: [] });
  const bytes = recall.snapshot();
  const before = bytes.slice();
  restoreRecall(bytes).apply({ add: faq.ru, remove: ["en1"] });
  assert.deepEqual(bytes, before);
});

test("a damaged snapshot is refused", () => {
  const recall = createRecall();
  recall.apply({ add: faq.en, remove: [] });
  const bytes = recall.snapshot();
  const refused = (damaged: Uint8Array) =>
    assert.throws(
      () => restoreRecall(damaged),
      (error) => error instanceof ApprenticeError && error.code === "recall-snapshot-invalid",
    );
  refused(new Uint8Array(0));
  refused(bytes.subarray(0, 20));
  refused(bytes.subarray(0, bytes.length - 1));
  refused(Buffer.concat([bytes, Buffer.from("x")]));
  for (let at = 0; at < bytes.length; at += Math.ceil(bytes.length / 50)) {
    const damaged = bytes.slice();
    damaged[at]! ^= 16;
    refused(damaged);
  }
});
