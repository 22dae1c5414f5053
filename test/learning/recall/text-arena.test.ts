import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { TextArena } from "../../../src/learning/recall/text-arena.ts";
import { runs } from "../../runs.ts";

const uuid = "01990000-0000-7000-8000-0123456789ab";

test("every text comes back as it was, also from packed bytes and after more was added", () => {
  const text = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom(uuid, "\ud800", "שלום", ""));
  fc.assert(
    fc.property(
      fc.array(text, { maxLength: 30 }),
      fc.array(text, { maxLength: 5 }),
      (texts, more) => {
        const arena = new TextArena();
        const offsets = texts.map((each) => arena.add(each));
        const unpacked = TextArena.unpack(arena.pack());
        const later = more.map((each) => unpacked.add(each));
        assert.deepEqual(
          offsets.map((offset) => arena.read(offset)),
          texts,
        );
        assert.deepEqual(
          offsets.map((offset) => unpacked.read(offset)),
          texts,
        );
        const again = TextArena.unpack(unpacked.pack());
        assert.deepEqual(
          [...offsets, ...later].map((offset) => again.read(offset)),
          [...texts, ...more],
        );
      },
    ),
    { numRuns: runs(15) },
  );
});

test("texts longer than a block do not disturb their neighbours", () => {
  const long = "ab".repeat(2 ** 23 + 5);
  const arena = new TextArena();
  const texts = ["before", long, "after", long, uuid];
  const offsets = texts.map((each) => arena.add(each));
  for (const each of [arena, TextArena.unpack(arena.pack())])
    offsets.forEach((offset, at) => assert.ok(each.read(offset) === texts[at]));
});

test("a UUID takes 17 bytes", () => {
  const arena = new TextArena();
  arena.add(uuid);
  assert.equal(arena.pack().length, 17);
});
