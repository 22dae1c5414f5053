import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { InvertedIndex } from "../../../src/learning/recall/inverted-index.ts";
import { cosineTo } from "../../../src/learning/recall/cosine.ts";
import { Vocabulary } from "../../../src/learning/recall/vocabulary.ts";
import { runs } from "../../runs.ts";

const prompt = fc
  .array(fc.constantFrom("open", "the", "door", "window", "дверь", "окно", "открой", "go go go"), {
    minLength: 1,
    maxLength: 6,
  })
  .map((words) => words.join(" "));
const always = () => true;

function indexOf(prompts: readonly string[], bulk: (at: number) => boolean): InvertedIndex {
  const vocabulary = new Vocabulary("rich");
  const index = new InvertedIndex(vocabulary);
  for (const [at, each] of prompts.entries()) {
    vocabulary.extractor.extract(each);
    vocabulary.register();
    index.add(bulk(at));
  }
  return index;
}

test("one by one, in bulk or mixed, the index finds the same; so does an unpacked one", () => {
  fc.assert(
    fc.property(fc.array(prompt, { minLength: 1, maxLength: 20 }), prompt, (prompts, asked) => {
      const vocabulary = new Vocabulary("rich");
      for (const each of prompts) {
        vocabulary.extractor.extract(each);
        vocabulary.register();
      }
      const vector = vocabulary.vectorOf(asked);
      const single = indexOf(prompts, () => false);
      const expected = single.search(vector, 5, always);
      assert.deepEqual(indexOf(prompts, always).search(vector, 5, always), expected);
      assert.deepEqual(indexOf(prompts, (at) => at % 3 === 0).search(vector, 5, always), expected);
      const all = Int32Array.from(prompts.keys());
      const unpacked = new InvertedIndex(vocabulary, single.pack(all));
      assert.deepEqual(unpacked.search(vector, 5, always), expected);
    }),
    { numRuns: runs(20) },
  );
});

test("what it finds is the cosine, best first, and only what counts", () => {
  fc.assert(
    fc.property(fc.array(prompt, { minLength: 1, maxLength: 20 }), prompt, (prompts, asked) => {
      const vocabulary = new Vocabulary("rich");
      const index = new InvertedIndex(vocabulary);
      for (const each of prompts) {
        vocabulary.extractor.extract(each);
        vocabulary.register();
        index.add(false);
      }
      const vector = vocabulary.vectorOf(asked);
      const cosine = cosineTo(vector);
      const found = index.search(vector, 50, (document) => document % 2 === 0);
      for (const { example, similarity } of found) {
        assert.equal(example % 2, 0);
        assert.ok(Math.abs(similarity - cosine(vocabulary.vectorOf(prompts[example]!))) < 1e-5);
      }
      const order = found.map(({ similarity }) => similarity);
      assert.deepEqual(
        order,
        order.toSorted((left, right) => right - left),
      );
    }),
    { numRuns: runs(20) },
  );
});
