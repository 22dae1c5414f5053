import assert from "node:assert/strict";
import { test } from "node:test";
import { builtInEncoder } from "../../../src/encoders/built-in/built-in-encoder.ts";
import { createRecall, restoreRecall } from "../../../src/learning/recall/embedded-recall.ts";
import type { Taught } from "../../../src/learning/recall/recall.ts";
import { faq, taught } from "./faq.ts";

const encoder = builtInEncoder();
const examples: Taught[] = faq.en.map((example, at) => ({ ...example, answerId: `a${at}` }));
const remembering = (more: readonly Taught[] = []) => {
  const recall = createRecall({ encoder });
  recall.apply({ add: [...examples, ...more], remove: [] });
  return recall;
};

test("an answer with new words is given in its new words, and nothing is trained", () => {
  const recall = remembering();
  const prompt = examples[0]!.prompt;
  assert.equal(recall.recollect(prompt).answerId, "a0");
  recall.apply({ add: [], remove: [], texts: new Map([["a0", "Ask in the office."]]) });
  assert.equal(recall.recollect(prompt).answer, "Ask in the office.");
  const again = restoreRecall(recall.snapshot(), { encoder });
  assert.deepEqual(again.recollect(prompt), recall.recollect(prompt));
});

test("the words of an answer that were forgotten are never given again", () => {
  const recall = remembering();
  recall.apply({ add: [], remove: [], texts: new Map([["a0", null]]) });
  for (const memory of [recall, restoreRecall(recall.snapshot(), { encoder })]) {
    const { answer, suggestions } = memory.recollect(examples[0]!.prompt);
    assert.equal(answer, null);
    assert.deepEqual(
      suggestions.filter(({ answerId }) => answerId === "a0"),
      [],
    );
  }
  assert.ok(!Buffer.from(recall.snapshot()).includes(Buffer.from(examples[0]!.answer!)));
});

test("what was taught for one prompt alone teaches nothing about others like it", () => {
  const exact = taught("x", "Where is the key to the bicycle shed?", "Under the stone.", {
    answerId: "key",
    reach: "exact",
  });
  const recall = remembering([exact]);
  assert.equal(recall.recollect("where is the key to the bicycle shed").answerId, "key");
  const near = recall.recollect("Where do I find the bicycle shed key?");
  assert.notEqual(near.guessId, "key");
  assert.ok(near.hints.every(({ exampleId }) => exampleId !== "x"));
});

test("a change with vectors is taken back bit for bit", () => {
  const recall = remembering();
  const prompts = ["how do i get a new password", "как поменять почту", "is there an app"];
  const seen = prompts.map((prompt) => recall.recollect(prompt));
  const lesson = taught("n", "I forgot my password again", examples[0]!.answer, { answerId: "a0" });
  recall.apply({ add: [lesson], remove: ["en1"] });
  recall.apply({ add: [examples.find(({ id }) => id === "en1")!], remove: ["n"] });
  assert.deepEqual(
    prompts.map((prompt) => recall.recollect(prompt)),
    seen,
  );
});

test("a snapshot whose vectors another encoder made is not used", () => {
  const bytes = remembering().snapshot();
  assert.throws(() => restoreRecall(bytes), { code: "recall-snapshot-invalid" });
  assert.throws(() => restoreRecall(bytes, { encoder: { ...encoder, id: "other" } }), {
    code: "recall-snapshot-invalid",
  });
});
