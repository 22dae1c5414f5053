import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { newId } from "../../../src/core/ids.ts";
import { ApprenticeError } from "../../../src/core/errors.ts";
import { createCustomIds } from "../../../src/platforms/discord/custom-id.ts";
import { hmacSha256 } from "../../../src/platforms/discord/hmac.ts";
import type { KeptCall } from "../../../src/platforms/discord/parts.ts";

test("a mark is HMAC-SHA256, for every key and text", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), fc.string({ unit: "binary" }), (key, text) => {
      const expected = createHmac("sha256", key).update(text).digest();
      assert.deepEqual(hmacSha256(key)(text), expected);
    }),
  );
});

const kept = new Map<string, KeptCall>();
const store = {
  keep: async (call: KeptCall) => {
    const id = `kept-${kept.size}`;
    kept.set(id, call);
    return id;
  },
  find: async (id: string) => kept.get(id),
};
const ids = createCustomIds("token", store);
const name = fc.stringMatching(/^[a-z][a-z_]{0,15}$/);
const value = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.uuid(),
  fc.constantFrom("~", "~~", "#1", "a=b&c d%"),
);

test("whatever a button calls comes back the same, in at most 100 characters", async () => {
  await fc.assert(
    fc.asyncProperty(
      name,
      fc.dictionary(name, value, { maxKeys: 4 }),
      fc.option(name, { nil: undefined }),
      async (command, values, asks) => {
        const call = { name: command, values: { ...values }, ...(asks !== undefined && { asks }) };
        const id = await ids.write("button", call);
        assert.ok(id.length >= 1 && id.length <= 100);
        assert.deepEqual(await ids.read("button", id), call);
      },
    ),
    { numRuns: 300 },
  );
});

test("a call with a turn needs no storage", async () => {
  kept.clear();
  await ids.write("window", { name: "correct", values: { turn: newId() }, asks: "correction" });
  await ids.write("button", { name: "review", values: { act: "approve", item: newId() } });
  assert.equal(kept.size, 0);
});

test("what another bot wrote, what was changed, and what is gone is no button", async () => {
  const call = { name: "feedback", values: { rating: "good", turn: newId() } };
  const id = await ids.write("button", call);
  const foreign = await createCustomIds("another token", store).write("button", call);
  const isRefused = (error: unknown) =>
    error instanceof ApprenticeError && error.code === "button-unknown";
  const long = await ids.write("button", { name: "ask", values: { question: "x".repeat(200) } });
  kept.clear();
  for (const wrong of [
    foreign,
    id.replace("good", "bad"),
    `${id} `,
    id.slice(0, 20),
    "",
    "b",
    long,
  ])
    await assert.rejects(ids.read("button", wrong), isRefused, wrong);
  await assert.rejects(ids.read("window", id), isRefused);
});
