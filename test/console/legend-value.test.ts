import assert from "node:assert/strict";
import { test } from "node:test";
import { legendValue } from "../../src/console/pages/workshop/legend-value.ts";

test("the legend of a curve says where the training stands while nobody points at it", () => {
  const losses = [2.5, 1.25, null];
  assert.equal(legendValue(losses, null), 1.25);
  assert.equal(legendValue(losses, 0), 2.5);
  assert.equal(legendValue(losses, 2), null);
  assert.equal(legendValue([], null), null);
});
