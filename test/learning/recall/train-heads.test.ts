import assert from "node:assert/strict";
import { test } from "node:test";
import { DenseHeads } from "../../../src/learning/recall/dense-heads.ts";
import { costOf, target } from "../../../src/learning/recall/heads.ts";
import type { Demand } from "../../../src/learning/recall/heads.ts";
import { seededRandom } from "../../../src/learning/recall/random.ts";
import { trainHeads } from "../../../src/learning/recall/train-heads.ts";

const heads = 5;
const features = 40;
const perExample = 6;

/** Random sparse unit vectors; among the examples rejections and some without an answer. */
function randomTask(count: number) {
  const random = seededRandom(7);
  const starts = Uint32Array.from({ length: count + 1 }, (_, at) => at * perExample);
  const values = new Float32Array(count * perExample).fill(1 / Math.sqrt(perExample));
  const numbers = Int32Array.from({ length: count * perExample }, (_, at) => {
    const slot = at % perExample;
    return slot * 6 + Math.floor(random() * 6);
  });
  const demands: Demand[] = Array.from({ length: count }, (_, at) => ({
    answer: at % 11 === 0 ? -1 : at % heads,
    negative: at % 7 === 3,
    answeredElse: false,
  }));
  return { vectors: { starts, features: numbers, values }, demands, features, heads, seed: 1 };
}

test("training ends where no condition of the optimum is violated by much", () => {
  const task = randomTask(200);
  const trained = trainHeads(task);
  const inUse = new DenseHeads(trained, new Uint8Array(heads).fill(1));
  for (const [example, demand] of task.demands.entries()) {
    const from = task.vectors.starts[example]!;
    const vector = {
      features: task.vectors.features.subarray(from, from + perExample),
      values: task.vectors.values.subarray(from, from + perExample),
    };
    const scores = inUse.scores(vector);
    const duals = inUse.dualsOf(example);
    for (let head = 0; head < heads; head++) {
      const sign = target(demand, head);
      const alpha = duals.values[duals.heads.indexOf(head)] ?? 0;
      if (sign === 0) {
        assert.equal(alpha, 0);
        continue;
      }
      assert.ok(alpha >= 0);
      const gradient = sign * scores[head]! - 1 + alpha / (2 * costOf(demand, head));
      if (alpha > 0) assert.ok(Math.abs(gradient) < 0.6);
      else assert.ok(gradient > -0.6);
    }
  }
});

test("the same task gives the same heads, another seed others", () => {
  const task = randomTask(60);
  assert.deepEqual(trainHeads(task).weights, trainHeads(task).weights);
  assert.notDeepEqual(trainHeads({ ...task, seed: 2 }).weights, trainHeads(task).weights);
});
