import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  auroc,
  calibration,
  falsePositivesAt95,
  mcNemar,
  quantile,
  wilson,
} from "../../../src/learning/evaluation/statistics.ts";

const close = (actual: number, expected: number, tolerance = 1e-9) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected}`);

/** The p-value by adding up exact whole numbers of coin-toss outcomes. */
function mcNemarByCounting(wins: number, losses: number): number {
  const tosses = wins + losses;
  let ways = 1n;
  let extreme = 0n;
  for (let heads = 0; heads <= tosses; heads++) {
    if (Math.abs(2 * heads - tosses) >= Math.abs(wins - losses)) extreme += ways;
    ways = (ways * BigInt(tosses - heads)) / BigInt(heads + 1);
  }
  return Number((extreme * 10n ** 18n) / 2n ** BigInt(tosses)) / 1e18;
}

test("McNemar's exact test is the sum of all outcomes at least as uneven", () => {
  fc.assert(
    fc.property(fc.nat(150), fc.nat(150), (wins, losses) => {
      close(mcNemar(wins, losses), mcNemarByCounting(wins, losses), 1e-12);
      assert.equal(mcNemar(wins, losses), mcNemar(losses, wins));
    }),
  );
});

test("McNemar's exact test finds the least uneven outcomes below 0.05 that tables give", () => {
  for (const [wins, losses] of [
    [6, 0],
    [8, 0],
    [9, 1],
    [10, 2],
    [12, 3],
    [15, 5],
    [21, 9],
    [33, 17],
    [61, 39],
  ] as const) {
    assert.ok(mcNemar(wins, losses) < 0.05, `${wins}-${losses}`);
    assert.ok(mcNemar(wins - 1, losses + 1) >= 0.05 || losses === 0, `${wins - 1}-${losses + 1}`);
  }
  assert.equal(mcNemar(0, 0), 1);
  assert.ok(mcNemar(60_000, 40_000) < 1e-300 && mcNemar(50_100, 49_900) > 0.1);
});

test("Wilson's interval holds exactly the rates that a score test does not reject", () => {
  const z = 1.959963984540054;
  const rejects = (rate: number, successes: number, trials: number): boolean =>
    Math.abs(successes / trials - rate) > z * Math.sqrt((rate * (1 - rate)) / trials);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 }), fc.nat(400), (trials, given) => {
      const successes = given % (trials + 1);
      const { low, high } = wilson(successes, trials);
      assert.ok(low >= 0 && low <= successes / trials && successes / trials <= high && high <= 1);
      const step = 1e-6;
      if (low > step) {
        assert.ok(rejects(low - step, successes, trials));
        assert.ok(!rejects(low + step, successes, trials));
      }
      if (high < 1 - step) {
        assert.ok(rejects(high + step, successes, trials));
        assert.ok(!rejects(high - step, successes, trials));
      }
    }),
  );
  assert.deepEqual(wilson(0, 0), { low: 0, high: 1 });
});

/** Few different values, so that there are many ties. */
const scores = fc.array(
  fc.nat(6).map((tenth) => tenth / 10),
  { minLength: 1, maxLength: 30 },
);

test("AUROC is the share of pairs in the right order, ties counting half", () => {
  fc.assert(
    fc.property(scores, scores, (positives, negatives) => {
      let wins = 0;
      for (const positive of positives)
        for (const negative of negatives)
          wins += positive > negative ? 1 : positive === negative ? 0.5 : 0;
      close(auroc(positives, negatives)!, wins / (positives.length * negatives.length));
    }),
  );
  assert.equal(auroc([], [1]), null);
  assert.equal(auroc([1], []), null);
});

test("false positives at 95 % are the fewest of any threshold that keeps 95 % of the positives", () => {
  fc.assert(
    fc.property(scores, scores, (positives, negatives) => {
      const shares = positives
        .filter(
          (threshold) =>
            positives.filter((score) => score >= threshold).length >= 0.95 * positives.length,
        )
        .map(
          (threshold) => negatives.filter((score) => score >= threshold).length / negatives.length,
        );
      assert.equal(falsePositivesAt95(positives, negatives), Math.min(...shares));
    }),
  );
});

test("calibration error weighs each bin by its items", () => {
  const claims = [
    { score: 0.95, right: true },
    { score: 1, right: false },
    { score: 0.05, right: false },
    { score: 0.05, right: false },
  ];
  const found = calibration(claims)!;
  // 0.9..1: claimed 0.975, right 0.5, half of the items. 0..0.1: claimed 0.05, right 0, the other half.
  close(found.error, 0.5 * 0.475 + 0.5 * 0.05);
  assert.deepEqual(
    found.bins.map(({ from, count }) => [from, count]),
    [
      [0, 2],
      [0.9, 2],
    ],
  );
  assert.equal(calibration([]), null);
});

test("a quantile is one of the values", () => {
  assert.equal(quantile([3, 1, 2], 0.5), 2);
  assert.equal(quantile([1], 0.95), 1);
  assert.equal(quantile([], 0.5), null);
});
