import assert from "node:assert/strict";
import { test } from "node:test";
import { spokenCall } from "../../src/bot/spoken-call.ts";

const corrections: readonly (readonly [said: string, correction: string])[] = [
  ["Исправь: дважды два четыре.", "дважды два четыре."],
  ["исправь дважды два четыре", "дважды два четыре"],
  ["Поправка, в десять утра", "в десять утра"],
  ["Нет, это Канберра.", "Канберра."],
  ["неправильно, правильный ответ: Канберра", "Канберра"],
  ["Correction: at ten on Sundays.", "at ten on Sundays."],
  ["correct that, at ten", "at ten"],
  ["No, it is Canberra.", "Canberra."],
  ["No it's Canberra", "Canberra"],
];

for (const [said, correction] of corrections) {
  test(`"${said}" corrects the last answer`, () => {
    assert.deepEqual(spokenCall(said), { name: "correct", values: { correction } });
  });
}

for (const said of ["Отмени.", "undo", "Undo that!", "верни как было"]) {
  test(`"${said}" takes the last teaching back`, () => {
    assert.deepEqual(spokenCall(said), { name: "undo", values: {} });
  });
}

for (const said of [
  "Нет, спасибо.",
  "No, thank you.",
  "No problem, it is fine",
  "Исправь",
  "Отмени встречу в пять",
  "What is a correction?",
  "Correct!",
]) {
  test(`"${said}" is just talk`, () => {
    assert.equal(spokenCall(said), undefined);
  });
}
