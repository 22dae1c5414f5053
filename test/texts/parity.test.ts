import assert from "node:assert/strict";
import { test } from "node:test";
import { classic } from "../../src/texts/classic.ts";
import { en, type TextKey } from "../../src/texts/en.ts";
import { ru } from "../../src/texts/ru.ts";
import { say } from "../../src/texts/say.ts";
import type { Text } from "../../src/texts/text.ts";

const blanksOf = (text: Text): Set<string> => {
  const forms = typeof text === "string" ? [text] : Object.values(text);
  return new Set(
    forms.flatMap((form) => [...form.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!)),
  );
};
const keys = Object.keys(en) as TextKey[];

test("Russian has the same keys as English", () => {
  assert.deepEqual(Object.keys(ru).toSorted(), [...keys].toSorted());
});

test("a text has the same blanks in every language", () => {
  for (const key of keys) assert.deepEqual(blanksOf(ru[key]), blanksOf(en[key]), key);
});

test("the classic replies are keys of today's, with no blanks of their own", () => {
  for (const [key, text] of Object.entries(classic) as [TextKey, Text][]) {
    assert.ok(key in en, key);
    for (const blank of blanksOf(text)) assert.ok(blanksOf(en[key]).has(blank), `${key}: ${blank}`);
  }
});

test("plural texts have exactly the forms of their language", () => {
  const forms = { en: ["one", "other"], ru: ["few", "many", "one", "other"] } as const;
  for (const [language, texts] of [
    ["en", en],
    ["ru", ru],
  ] as const) {
    for (const [key, text] of Object.entries(texts) as [string, Text][]) {
      if (typeof text !== "string")
        assert.deepEqual(Object.keys(text).toSorted(), forms[language], `${language} ${key}`);
    }
  }
});

test("Russian texts are in Russian", () => {
  const foreign = keys.filter((key) => {
    const text = ru[key];
    const words = (typeof text === "string" ? text : text.other).replaceAll(/\{\w+\}|`[^`]*`/g, "");
    return /[a-zA-Z]{3}/.test(words) && !/[а-яё]/i.test(words);
  });
  // Names and versions are the same in every language.
  assert.deepEqual(
    foreign,
    ["status.title", "status.node"].filter((key) => foreign.includes(key as TextKey)),
  );
});

test("plurals follow the language", () => {
  const count = (number: number) => say("ru", "teach.learned-many", { count: number });
  assert.deepEqual([1, 2, 5, 11, 21, 22, 25].map(count), [
    "Запомнил 1 ответ.",
    "Запомнил 2 ответа.",
    "Запомнил 5 ответов.",
    "Запомнил 11 ответов.",
    "Запомнил 21 ответ.",
    "Запомнил 22 ответа.",
    "Запомнил 25 ответов.",
  ]);
  assert.equal(say("en", "teach.learned-many", { count: 1 }), "Learned 1 answer.");
  assert.equal(say("en", "teach.learned-many", { count: 15_000 }), "Learned 15,000 answers.");
});

test("classic speaks English where the original said nothing", () => {
  assert.equal(say("classic", "hi", { count: 3, prefix: "!" }), "HI!");
  assert.equal(say("classic", "new.started"), say("en", "new.started"));
});

test("a blank is filled with the value as it stands, even when that looks like a pattern", () => {
  const prompt = "$& $1 {answer} שלום 👍🏽";
  assert.equal(
    say("en", "teach.learned", { prompt, answer: "ok" }),
    "Learned: “$& $1 {answer} שלום 👍🏽” → “ok”.",
  );
});
