import assert from "node:assert/strict";
import { test } from "node:test";
import { localStart } from "../../../src/learning/recall/calibration.ts";
import { restoreRecall } from "../../../src/learning/recall/embedded-recall.ts";
import { LocalHeads, packHeads, scoreBy } from "../../../src/learning/recall/local-heads.ts";
import { vectorOfExample } from "../../../src/learning/recall/model.ts";
import type { Model } from "../../../src/learning/recall/model.ts";
import type { Taught } from "../../../src/learning/recall/recall.ts";
import { packSnapshot } from "../../../src/learning/recall/snapshot.ts";
import { trainModel } from "../../../src/learning/recall/train-model.ts";
import { localTrainer } from "../../../src/learning/recall/train-local-heads.ts";

const topics = ["парковка", "wifi", "laser cutter", "membership", "кофе", "opening hours"];
const frames = [
  (topic: string) => `where do I find ${topic}?`,
  (topic: string) => `расскажи про ${topic}`,
  (topic: string) => `I need help with ${topic} today`,
];

const taught = (id: string, prompt: string, answer: string | null): Taught => ({
  id,
  prompt,
  answer,
  label: "positive",
  corrects: false,
});

const examples = topics.flatMap((topic, at) =>
  frames.map((frame, place) => taught(`e${at}${place}`, frame(topic), `answer ${topic}`)),
);

/** A model whose answers have local heads, as if they were too many for dense ones. */
function withLocalHeads(): Model & { readonly localHeads: LocalHeads } {
  const trained = trainModel(examples, { seed: 1 });
  const { heads: _, ...model } = { ...trained, calibration: localStart };
  const train = localTrainer({
    model,
    vectorOf: (example) => vectorOfExample(model, example),
    counts: model.store.isActive,
  });
  return { ...model, localHeads: new LocalHeads(packHeads(model.store.answerCount, train)) };
}

test("a local head says yes to its own examples and no to all others", () => {
  const model = withLocalHeads();
  for (const example of model.store.activeExamples()) {
    const score = scoreBy(vectorOfExample(model, example));
    for (let answer = 0; answer < model.store.answerCount; answer++) {
      const own = model.store.answers[example] === answer;
      const reached = score(model.localHeads.of(answer)!);
      assert.ok(own ? reached > 0.3 : reached < -0.3, `${answer}: ${reached}`);
    }
  }
});

test("local heads are in the snapshot, to the last bit", () => {
  const model = withLocalHeads();
  const snapshot = packSnapshot(model);
  const recall = restoreRecall(snapshot);
  const found = recall.recollect("how do I find the laser cutter");
  assert.equal(found.guess, "answer laser cutter");
  assert.deepEqual(Buffer.from(recall.snapshot()), Buffer.from(snapshot));
});

test("a new answer gets its local head at once, and undoing takes it away", () => {
  const recall = restoreRecall(packSnapshot(withLocalHeads()));
  const asked = ["is there a bathtub here somewhere", "where do I find wifi please", "кофе"];
  const before = asked.map((prompt) => recall.recollect(prompt));
  const change = {
    add: [
      taught("n1", "is there a bathtub", "upstairs"),
      taught("n2", "bathtub please", "upstairs"),
    ],
    remove: ["e00"],
  };
  recall.apply(change);
  assert.equal(recall.recollect(asked[0]!).guess, "upstairs");
  recall.apply({ add: [examples[0]!], remove: ["n1", "n2"] });
  assert.deepEqual(
    asked.map((prompt) => recall.recollect(prompt)),
    before,
  );
});

test("an answer that lost all its examples is not given any more", () => {
  const recall = restoreRecall(packSnapshot(withLocalHeads()));
  recall.apply({ add: [], remove: ["e10", "e11", "e12"] });
  assert.notEqual(recall.recollect("where do I find wifi please").guess, "answer wifi");
});
