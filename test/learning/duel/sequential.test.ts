import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { standingAfter } from "../../../src/learning/duel/sequential.ts";
import { seededRandom } from "../../../src/learning/recall/random.ts";

describe("a sequential sign test", () => {
  test("stops at eight to none, counted by hand, and not before", () => {
    // 2^8 8! 0! / 9! = 256 / 9 = 28.4 > 20; 2^7 / 8 = 16.
    assert.deepEqual(standingAfter(8, 0), { verdict: "first", p: standingAfter(0, 8).p });
    assert.ok(Math.abs(standingAfter(8, 0).p - 9 / 256) < 1e-12);
    assert.equal(standingAfter(7, 0).verdict, "open");
    assert.equal(standingAfter(0, 8).verdict, "second");
    assert.deepEqual(standingAfter(0, 0), { verdict: "open", p: 1 });
  });

  test("gives up at a hundred choices without a winner", () => {
    assert.equal(standingAfter(49, 50).verdict, "open");
    assert.equal(standingAfter(50, 50).verdict, "even");
  });

  test("finds a difference where there is none in no more than one series of twenty", () => {
    const random = seededRandom(7);
    const series = 2_000;
    let wrong = 0;
    for (let each = 0; each < series; each += 1) {
      let [first, second] = [0, 0];
      for (;;) {
        if (random() < 0.5) first += 1;
        else second += 1;
        const { verdict } = standingAfter(first, second);
        if (verdict === "open") continue;
        if (verdict !== "even") wrong += 1;
        break;
      }
    }
    assert.ok(wrong / series <= 0.05, `${wrong} of ${series}`);
    assert.ok(wrong > 0, "a test that never finds anything would pass too");
  });
});
