import assert from "node:assert/strict";
import { test } from "node:test";
import { phrase, phrases } from "../../src/console/pages/strings.ts";

const blanksOf = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(String).toSorted();
const formsOf = (text: string | { readonly [category: string]: string }): string[] =>
  typeof text === "string" ? [text] : Object.values(text);

test("the page says the same things in both languages, with the same blanks", () => {
  assert.deepEqual(Object.keys(phrases.ru), Object.keys(phrases.en));
  for (const [key, english] of Object.entries(phrases.en)) {
    const russian = phrases.ru[key as keyof typeof phrases.en];
    const blanks = new Set(formsOf(english).flatMap(blanksOf));
    assert.deepEqual(new Set(formsOf(russian).flatMap(blanksOf)), blanks, key);
    assert.equal(typeof russian, typeof english, key);
    if (typeof russian === "object") {
      assert.deepEqual(Object.keys(russian).toSorted(), ["few", "many", "one", "other"], key);
    }
    for (const form of [...formsOf(english), ...formsOf(russian)]) assert.ok(form.trim(), key);
  }
});

test("Russian counts as Russians do", () => {
  const say = (count: number) => phrase("ru", "header.knowledge-count", { count });
  assert.deepEqual([1, 2, 5, 11, 21, 1234].map(say), [
    "Выучен 1 ответ",
    "Выучено 2 ответа",
    "Выучено 5 ответов",
    "Выучено 11 ответов",
    "Выучен 21 ответ",
    "Выучено 1\u00a0234 ответа",
  ]);
});
