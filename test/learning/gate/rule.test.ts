import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Found, GateEvidence, TestEvidence } from "../../../src/learning/gate/evidence.ts";
import { mcNemar } from "../../../src/learning/evaluation/statistics.ts";
import { decide } from "../../../src/learning/gate/rule.ts";

/** A test of 100 rows that both got right but for the rows won and lost. */
const tested = (wins: number, losses: number): Found<TestEvidence> => ({
  found: {
    what: "shop@1",
    evaluationId: "after",
    baselineEvaluationId: "before",
    rows: 100,
    right: 50 + wins,
    baselineRight: 50 + losses,
    wins,
    losses,
    p: mcNemar(wins, losses),
  },
});
const suite = (asked: number, right: number, baselineRight: number, lost: number) => ({
  asked,
  right,
  baselineRight,
  lost,
  examples: [],
});
const evidence = (changes: Partial<GateEvidence> = {}): GateEvidence => ({
  against: "recall",
  taught: { found: { verbatim: suite(3, 3, 3, 0), variants: suite(9, 8, 8, 1) } },
  nearMisses: { found: suite(20, 18, 18, 0) },
  test: tested(10, 1),
  liveTest: { found: null },
  leakage: { found: { checked: 100, leaked: [] } },
  hashes: { found: { damaged: [] } },
  sunset: { date: null, daysLeft: null },
  ...changes,
});
const missing = { missing: { code: "test-empty", values: { file: "shop@1" } } } as const;
const stoppers = (changes: Partial<GateEvidence>, override?: string): readonly string[] =>
  decide(evidence(changes), { margin: 0.02, ...(override && { override }) })
    .checks.filter(({ state }) => state === "failed" || state === "missing")
    .map(({ name }) => name);

describe("the rule of the gate", () => {
  test("a candidate that is better in every way passes", () => {
    assert.equal(decide(evidence(), { margin: 0.02 }).passes, true);
  });

  test("the smallest significant win passes, one pair less does not", () => {
    // Exact McNemar: 6-0 is the smallest win at p < 0.05, and 9-1 among ten.
    assert.deepEqual(stoppers({ test: tested(6, 0) }), []);
    assert.deepEqual(stoppers({ test: tested(5, 0) }), ["significance"]);
    assert.deepEqual(stoppers({ test: tested(9, 1) }), []);
    assert.deepEqual(stoppers({ test: tested(8, 2) }), ["significance"]);
  });

  test("an override stands for a missing gain, within the margin and no further", () => {
    assert.deepEqual(stoppers({ test: tested(0, 2) }, "cheaper"), []);
    assert.deepEqual(stoppers({ test: tested(0, 3) }, "cheaper"), ["test"]);
    assert.deepEqual(stoppers({ test: tested(20, 40) }, "cheaper"), ["test"]);
    assert.deepEqual(stoppers({ test: missing }, "cheaper"), ["test", "significance"]);
  });

  test("what is missing stops as what fails", () => {
    for (const [part, names] of [
      ["taught", ["taught"]],
      ["nearMisses", ["near-misses"]],
      ["test", ["test", "significance"]],
      ["liveTest", ["live-test"]],
      ["leakage", ["leakage"]],
      ["hashes", ["hashes"]],
    ] as const)
      assert.deepEqual(stoppers({ [part]: missing }), names);
  });

  test("a correction that breaks, in its own words or more often in others, stops", () => {
    const taught = (verbatim: [number, number], variants: [number, number]) => ({
      found: {
        verbatim: suite(verbatim[0], verbatim[1], 3, 0),
        variants: suite(9, variants[0], variants[1], 0),
      },
    });
    assert.deepEqual(stoppers({ taught: taught([3, 2], [9, 9]) }), ["taught"]);
    assert.deepEqual(stoppers({ taught: taught([3, 3], [7, 8]) }), ["taught"]);
    assert.deepEqual(stoppers({ taught: taught([3, 3], [8, 8]) }), []);
  });

  test("one changed near miss, one leaked row, or no row to look for stops", () => {
    assert.deepEqual(stoppers({ nearMisses: { found: suite(20, 19, 18, 1) } }), ["near-misses"]);
    for (const [checked, leaked] of [
      [100, ["a"]],
      [0, []],
    ] as const)
      assert.deepEqual(stoppers({ leakage: { found: { checked, leaked } } }), ["leakage"]);
  });

  test("the live model's own test split counts as the candidate's does, without asking for a gain", () => {
    assert.deepEqual(stoppers({ liveTest: tested(0, 2) }), []);
    assert.deepEqual(stoppers({ liveTest: tested(0, 3) }), ["live-test"]);
  });

  test("more than 90 days must be left, and a date that nobody can read leaves none", () => {
    const date = "2027-03-01";
    assert.deepEqual(stoppers({ sunset: { date, daysLeft: 91 } }), []);
    assert.deepEqual(stoppers({ sunset: { date, daysLeft: 90 } }), ["sunset"]);
    assert.deepEqual(stoppers({ sunset: { date: "soon", daysLeft: null } }), ["sunset"]);
  });
});
