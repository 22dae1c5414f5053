import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isoDate, sleep } from "../../src/core/clock.ts";
import { ApprenticeError, asApprenticeError, errorCodes } from "../../src/core/errors.ts";
import { newId } from "../../src/core/ids.ts";
import { languageOf } from "../../src/core/language.ts";
import { nearest } from "../../src/core/nearest.ts";
import { mayActAs } from "../../src/core/person.ts";

test("ids are UUIDv7, unique, and sort in the order they were made", () => {
  const ids = Array.from({ length: 10_000 }, newId);
  assert.ok(
    ids.every((id) =>
      /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id),
    ),
  );
  assert.equal(new Set(ids).size, ids.length);
  assert.deepEqual(ids.toSorted(), ids);
});

test("the language of a text is that of most of its letters", () => {
  assert.equal(languageOf("Как открыть Discord?", "en"), "ru");
  assert.equal(languageOf("What does «да» mean here?", "ru"), "en");
  assert.equal(languageOf("12 👍🏽", "ru"), "ru");
  assert.equal(languageOf("שלום", "en"), "en");
});

test("the nearest name survives a typo but is not invented", () => {
  const names = ["correct", "feedback", "getfile", "hi"];
  assert.equal(nearest("corect", names), "correct");
  assert.equal(nearest("FEEDBAKC", names), "feedback");
  assert.equal(nearest("elephant", names), undefined);
  assert.equal(nearest("", names), undefined);
});

test("the nearest name of a name is the name itself", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.string({ minLength: 1 }), {
        minLength: 1,
        selector: (name) => name.toLowerCase(),
      }),
      (names) => {
        assert.equal(nearest(names[0]!, names), names[0]);
      },
    ),
  );
});

test("codes are permanent words", () => {
  assert.equal(new Set(errorCodes).size, errorCodes.length);
  assert.ok(errorCodes.every((code) => /^[a-z]+(-[a-z]+)*$/.test(code)));
});

test("any thrown thing becomes an error a person can be told", () => {
  const known = new ApprenticeError("turn-missing");
  assert.equal(asApprenticeError(known), known);
  assert.equal(asApprenticeError(new DOMException("stop", "AbortError")).code, "cancelled");
  for (const full of [{ code: "ENOSPC" }, { errcode: 13 }, { errcode: 4874 }])
    assert.equal(asApprenticeError(Object.assign(new Error("full"), full)).code, "disk-full");
  const odd = asApprenticeError("text");
  assert.equal(odd.code, "internal");
  assert.equal(odd.cause, "text");
});

test("sleep ends early with the reason of the abort", async () => {
  const stop = new AbortController();
  const reason = new ApprenticeError("cancelled");
  const sleeping = sleep(60_000, stop.signal);
  stop.abort(reason);
  await assert.rejects(sleeping, reason);
});

test("roles include the lower ones", () => {
  assert.ok(
    mayActAs("admin", "trainer") &&
      mayActAs("trainer", "trainer") &&
      !mayActAs("member", "trainer"),
  );
});

test("a date is written the same everywhere", () => assert.equal(isoDate(0), "1970-01-01"));
