import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { requestLanguage } from "../../src/console/request-language.ts";

test("the language liked best among ours wins", () => {
  const cases: [string | undefined, "en" | "ru"][] = [
    [undefined, "en"],
    ["", "en"],
    ["ru", "ru"],
    ["ru-RU,ru;q=0.9,en;q=0.8", "ru"],
    ["de, en;q=0.2, ru ; q=0.7", "ru"],
    ["ru;q=0", "en"],
    ["rue, fr", "en"],
    ["en;q=wrong, RU;q=0.1", "ru"],
  ];
  for (const [header, expected] of cases) {
    assert.equal(requestLanguage(header, "en"), expected, header);
  }
});

test("any header names a language of ours", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 500 }), (header) => {
      assert.ok(["en", "ru"].includes(requestLanguage(header, "ru")));
    }),
  );
});
