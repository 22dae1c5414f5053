import assert from "node:assert/strict";
import { test } from "node:test";
import { releaseMemory } from "../../src/core/release-memory.ts";

test("room that nothing needs any more goes back to the system", () => {
  let rows: object[] = Array.from({ length: 300_000 }, (_, row) => ({ row, text: [row] }));
  const full = process.memoryUsage().heapTotal;
  rows = [];
  releaseMemory();
  assert.ok(process.memoryUsage().heapTotal < full, `${rows.length}`);
});
