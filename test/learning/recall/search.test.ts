import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { addRows, addRowsAt } from "../../../src/learning/recall/add-rows.ts";
import { BestFew } from "../../../src/learning/recall/best-few.ts";
import { planReading } from "../../../src/learning/recall/reading-plan.ts";
import { SimilaritySums } from "../../../src/learning/recall/similarity-sums.ts";
import { VectorValues } from "../../../src/learning/recall/vector-values.ts";
import { termWeight } from "../../../src/learning/recall/vocabulary.ts";
import { runs } from "../../runs.ts";

const value = fc.double({ min: 1 / 64, max: 8, noNaN: true }).map(Math.fround);

test("the best few are the first of all in order, equals by number", () => {
  const offers = fc.uniqueArray(
    fc.record(
      { example: fc.nat(100), similarity: fc.constantFrom(0.1, 0.2, 0.3, 0.4, 0.5) },
      { noNullPrototype: true },
    ),
    { selector: ({ example }) => example },
  );
  fc.assert(
    fc.property(offers, fc.integer({ min: 1, max: 12 }), (offered, limit) => {
      const best = new BestFew(limit);
      for (const { example, similarity } of offered)
        if (similarity >= best.least) best.offer(example, similarity);
      const inOrder = offered.toSorted(
        (left, right) => right.similarity - left.similarity || left.example - right.example,
      );
      assert.deepEqual(best.sorted(), inOrder.slice(0, limit));
    }),
    { numRuns: runs(100) },
  );
});

test("sums are the same whether the documents met are listed or all are looked at", () => {
  const documents = 40;
  const posting = fc.record({
    document: fc.nat(documents - 1),
    count: fc.integer({ min: 1, max: 8 }),
  });
  const postingsOfFeatures = fc.array(
    fc.uniqueArray(posting, { maxLength: 20, selector: ({ document }) => document }),
    { maxLength: 5 },
  );
  fc.assert(
    fc.property(
      postingsOfFeatures,
      fc.array(value, { minLength: 5, maxLength: 5 }),
      (lists, values) => {
        const scales = Float32Array.from({ length: documents }, (_, at) => 1 / (at + 1));
        const sums = new SimilaritySums();
        const found = (postings: number) => {
          sums.begin(documents, postings);
          for (const [at, list] of lists.entries()) {
            const packed = list.map(({ document, count }) => document * 8 + count - 1);
            sums.add(Uint32Array.from(packed), 0, list.length, values[at]!, scales);
          }
          const best = new BestFew(documents);
          sums.drain(best, (document) => document % 7 !== 0);
          return best.sorted();
        };
        const expected = new Map<number, number>();
        for (const [at, list] of lists.entries())
          for (const { document, count } of list)
            if (document % 7 !== 0)
              expected.set(
                document,
                (expected.get(document) ?? 0) + values[at]! * termWeight(count) * scales[document]!,
              );
        assert.deepEqual(found(0), found(documents));
        // What one search leaves behind would show in the next.
        assert.deepEqual(found(documents), found(documents));
        const sumsFound = found(documents);
        assert.equal(sumsFound.length, expected.size);
        for (const { example, similarity } of sumsFound)
          assert.ok(Math.abs(similarity - expected.get(example)!) < 1e-6 * similarity);
      },
    ),
    { numRuns: runs(50) },
  );
});

describe("what a search reads", () => {
  test("is everything where that is little", () => {
    const { places, postings, isWhole } = planReading(
      Int32Array.of(2, 0, 1),
      Int32Array.of(5, 900, 7),
      10,
    );
    assert.deepEqual([...places], [0, 1, 2]);
    assert.deepEqual([postings, isWhole], [912, true]);
  });

  test("is the rarest features first, and common ones only while there are few others", () => {
    const counts = Int32Array.of(40_000, 30_000, 3, 20_000, 900, 1);
    const features = Int32Array.from(counts.keys());
    const { places, postings, isWhole } = planReading(features, counts, 50_000);
    assert.deepEqual([...places], [5, 2, 4]);
    assert.deepEqual([postings, isWhole], [904, false]);
    const common = planReading(Int32Array.of(0, 1, 3), counts, 50_000);
    assert.deepEqual([...common.places], [2, 1, 0]);
    assert.equal(common.isWhole, true);
  });

  test("ends where it becomes too much", () => {
    const counts = new Int32Array(200).fill(900);
    const { places, postings, isWhole } = planReading(
      Int32Array.from(counts.keys()),
      counts,
      1_000,
    );
    assert.equal(places.length, 55);
    assert.deepEqual([postings, isWhole], [49_500, false]);
  });
});

test("values are found by feature, and are 0 for all others", () => {
  const vector = fc.uniqueArray(fc.tuple(fc.nat(5_000_000), value), {
    maxLength: 300,
    selector: ([feature]) => feature,
  });
  fc.assert(
    fc.property(vector, fc.array(fc.nat(5_000_000), { maxLength: 50 }), (entries, others) => {
      const known = new Map(entries);
      const values = new VectorValues({
        features: Int32Array.from(known.keys()),
        values: Float32Array.from(known.values()),
      });
      for (const feature of [...known.keys(), ...others])
        assert.equal(values.of(feature), known.get(feature) ?? 0);
    }),
    { numRuns: runs(50) },
  );
});

test("rows are added in order, to all columns that there are sums for or to some", () => {
  const rows = 30;
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(rows - 1), value), { maxLength: 20 }),
      fc.integer({ min: 1, max: 9 }),
      fc.nat(3),
      (entries, width, spare) => {
        const stride = width + spare;
        const matrix = Float32Array.from({ length: rows * stride }, (_, at) => Math.sin(at));
        const features = Int32Array.from(entries, ([row]) => row);
        const values = Float32Array.from(entries, ([, each]) => each);
        const end = entries.length;
        const expected = Float64Array.from({ length: width }, (_, column) =>
          entries
            .slice(1)
            .reduce((sum, [row, each]) => sum + each * matrix[row * stride + column]!, 0.5),
        );
        const sums = new Float64Array(width).fill(0.5);
        addRows(sums, matrix, stride, features, values, 1, end);
        assert.deepEqual(sums, expected);
        const some = new Float64Array(width).fill(0.5);
        const columns = Uint16Array.from({ length: width + 1 }, (_, at) => width - at);
        addRowsAt(some, matrix, stride, features, values, 1, end, columns, 1, 1 + (width >> 1));
        const chosen = expected.map((sum, column) => (column >= width - (width >> 1) ? sum : 0.5));
        assert.deepEqual(some, chosen);
      },
    ),
    { numRuns: runs(50) },
  );
});
