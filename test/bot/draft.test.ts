import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as soon } from "node:timers/promises";
import { createDraft } from "../../src/bot/draft.ts";
import { ApprenticeError } from "../../src/core/errors.ts";
import { narrowPlatform } from "../narrow-platform.ts";

const texts = ({ shown }: ReturnType<typeof narrowPlatform>): string[] =>
  [...shown.values()].map(({ text }) => text);

test("a draft grows in one message and ends with the whole reply", async () => {
  const platform = narrowPlatform();
  const draft = createDraft(platform.outbound);
  for (const text of ["", "One", "One two", "One two three"]) {
    draft.show(text);
    await soon();
  }
  assert.deepEqual(
    platform.states.map(({ text }) => text),
    ["One", "One two", "One two three"],
  );
  const ids = await draft.finish({ text: "One two three.", turnId: "t", known: true });
  assert.deepEqual(
    [...platform.shown],
    [[ids[0], { text: "One two three.", turnId: "t", known: true }]],
  );
});

test("a draft keeps the platform's pace, and its end waits for none", async () => {
  const platform = narrowPlatform(60_000);
  const draft = createDraft(platform.outbound);
  for (const text of ["a", "ab", "abc"]) {
    draft.show(text);
    await soon();
  }
  assert.deepEqual(texts(platform), ["a"]);
  await draft.finish({ text: "abcd" });
  assert.deepEqual(texts(platform), ["abcd"]);
});

test("a draft longer than a message goes on in the next; one that shrinks leaves nothing behind", async () => {
  const platform = narrowPlatform();
  const draft = createDraft(platform.outbound);
  const long = Array.from({ length: 700 }, (_, index) => `word${index}`).join(" ");
  draft.show(long);
  await soon();
  assert.equal(texts(platform).length, 3);
  assert.equal(texts(platform).join(" "), long);
  assert.equal((await draft.finish({ text: "In short: no.", turnId: "t" })).length, 1);
  assert.deepEqual([...platform.shown.values()], [{ text: "In short: no.", turnId: "t" }]);
});

test("a failing or deleted message on the way does not lose the answer", async () => {
  const platform = narrowPlatform();
  let edits = 0;
  const draft = createDraft({
    ...platform.outbound,
    async edit(id) {
      edits += 1;
      platform.shown.delete(id);
      throw new ApprenticeError("message-vanished");
    },
  });
  for (const text of ["a", "ab"]) {
    draft.show(text);
    await soon();
  }
  assert.equal(edits, 1);
  await draft.finish({ text: "abc", turnId: "t" });
  assert.deepEqual([...platform.shown.values()], [{ text: "abc", turnId: "t" }]);
});
