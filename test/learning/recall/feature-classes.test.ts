import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { FeatureClasses } from "../../../src/learning/recall/feature-classes.ts";
import { Vocabulary } from "../../../src/learning/recall/vocabulary.ts";
import type { SparseVector } from "../../../src/learning/recall/vocabulary.ts";
import { runs } from "../../runs.ts";

const prompts = fc.array(
  fc
    .array(
      fc.constantFrom("open", "the", "door", "opened", "doors", "дверь", "ha ha ha", "window"),
      {
        minLength: 1,
        maxLength: 5,
      },
    )
    .map((words) => words.join(" ")),
  { minLength: 1, maxLength: 12 },
);

function classesOf(all: readonly string[]) {
  const vocabulary = new Vocabulary("rich");
  const { extractor } = vocabulary;
  for (const prompt of all) {
    extractor.extract(prompt);
    vocabulary.register();
  }
  vocabulary.freeze(all.length);
  const classes = new FeatureClasses(vocabulary.size, vocabulary.groups);
  /** By feature: its group, and how often it occurs in each prompt. */
  const occurs = Array.from({ length: vocabulary.size }, (_, feature) => [
    vocabulary.groups[feature]!,
    ...all.map(() => 0),
  ]);
  const vectors = all.map((prompt, place) => {
    extractor.extract(prompt);
    const vector = vocabulary.vector();
    for (const [at, feature] of vector.features.entries())
      occurs[feature]![place + 1] = extractor.counts[at]!;
    classes.refine(vector.features, extractor.counts);
    return vector;
  });
  classes.settle(vocabulary.rarity);
  return { vocabulary, classes, occurs, vectors };
}

const dense = ({ features, values }: SparseVector, length: number): Float64Array => {
  const all = new Float64Array(length);
  for (const [at, feature] of features.entries()) all[feature]! += values[at]!;
  return all;
};

const dot = (left: Float64Array, right: Float64Array): number =>
  left.reduce((sum, value, at) => sum + value * right[at]!, 0);

describe("classes of features", () => {
  test("hold just the features of a group that occur equally often in every prompt", () => {
    fc.assert(
      fc.property(prompts, (all) => {
        const { classes, occurs } = classesOf(all);
        const keyOf = new Map<number, string>();
        const classOf = new Map<string, number>();
        for (const [feature, own] of classes.of.entries()) {
          const key = occurs[feature]!.join();
          assert.equal(keyOf.get(own) ?? key, key);
          assert.equal(classOf.get(key) ?? own, own);
          keyOf.set(own, key);
          classOf.set(key, own);
          assert.ok(own < classes.count);
        }
      }),
      { numRuns: runs(40) },
    );
  });

  test("leave every prompt as near to every other, and to new ones", () => {
    fc.assert(
      fc.property(prompts, prompts, (all, others) => {
        const { vocabulary, classes, vectors } = classesOf(all);
        const starts = new Uint32Array(all.length + 1);
        for (const [row, { features }] of vectors.entries())
          starts[row + 1] = starts[row]! + features.length;
        const table = classes.table({
          starts,
          features: Int32Array.from(vectors.flatMap(({ features }) => [...features])),
          values: Float32Array.from(vectors.flatMap(({ values }) => [...values])),
        });
        const rows = all.map((_, row) => {
          const [from, to] = [table.starts[row]!, table.starts[row + 1]!];
          const features = table.features.subarray(from, to);
          assert.equal(new Set(features).size, features.length);
          return { features, values: table.values.subarray(from, to) };
        });
        for (const asked of [...vectors, ...others.map((each) => vocabulary.vectorOf(each))])
          for (const [row, vector] of vectors.entries()) {
            const plain = dot(dense(asked, vocabulary.size), dense(vector, vocabulary.size));
            const classed = dot(
              dense(classes.classed(asked), classes.count),
              dense(rows[row]!, classes.count),
            );
            assert.ok(Math.abs(plain - classed) < 1e-5);
          }
      }),
      { numRuns: runs(20) },
    );
  });
});
