import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { clauses } from "../../src/speech/text/clauses.ts";
import { speakable } from "../../src/speech/text/speakable.ts";
import { withoutCode } from "../../src/speech/text/without-code.ts";

async function* inPieces(text: string, size = 3): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}
const clausesOf = (text: string): Promise<string[]> => Array.fromAsync(clauses(inPieces(text)));

test("a first clause comes early, later ones are longer, and nothing is lost", async () => {
  assert.deepEqual(
    await clausesOf("Да, конечно. Мы открыты каждый день, кроме понедельника, с десяти до шести!"),
    ["Да, конечно. ", "Мы открыты каждый день, ", "кроме понедельника, с десяти до шести!"],
  );
  assert.deepEqual(await clausesOf("Well, of course, you may. Ok."), [
    "Well, of course, ",
    "you may. ",
    "Ok.",
  ]);
});

test("abbreviations and initials end no sentence", async () => {
  assert.deepEqual(await clausesOf("Приходите, т. е. заходите. Ждём."), [
    "Приходите, т. е. заходите. ",
    "Ждём.",
  ]);
  assert.deepEqual(await clausesOf("Ask Dr. Smith e.g. today. Bye."), [
    "Ask Dr. Smith e.g. today. ",
    "Bye.",
  ]);
});

test("clauses joined are the text, however it comes", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: "grapheme", maxLength: 80 }),
      fc.integer({ min: 1, max: 9 }),
      async (text, size) => {
        const said = (await Array.fromAsync(clauses(inPieces(text, size)))).join("");
        assert.equal(said.trimEnd(), text.trimEnd());
      },
    ),
    { numRuns: 60, seed: 3 },
  );
});

test("Markdown, addresses, emoji and signs become what people say", () => {
  const said: readonly [string, "en" | "ru", string][] = [
    ["**Да**, это _важно_ 👍", "ru", "Да, это важно "],
    ["See [the docs](https://example.org/a?b=1) now.", "en", "See the docs now."],
    ["Смотрите https://www.example.org/путь/а?x=1.", "ru", "Смотрите ссылка на example.org."],
    ["# Title\n- one\n- two", "en", "Title\none\ntwo"],
    ["Run `npm start` first.", "en", "Run npm start first."],
    ["Мы открыты 10–18, скидка 15%.", "ru", "Мы открыты от 10 до 18, скидка 15 процентов."],
    ["It costs $5 or 1,500 points.", "en", "It costs 5 dollars or 1500 points."],
    ["Население 1 500 000, −5 °C.", "ru", "Население 1500000, −5 градусов."],
    ["2 × 2 = 4", "en", "2 times 2 equals 4"],
    ["Пишите на ann@example.org", "ru", "Пишите на ann собака example.org"],
    ["<@1234> hi :)", "en", " hi :)"],
    ["🎉🎉 —", "en", ""],
  ];
  for (const [text, language, expected] of said) assert.equal(speakable(text, language), expected);
});

test("plain text is said as it stands", () => {
  for (const text of [
    "Ты сказал: Привет, как дела?",
    " snake_case_name a * b ",
    "12:30, 3.5 kg; 2026-11-25",
  ]) {
    assert.equal(speakable(text, "en"), text);
  }
});

test("a block of code is named instead of read, however it comes", async () => {
  const text = "Try this:\n```js\nconst a = 1;\n```\nThen `b`.";
  for (const size of [1, 2, 3, 100]) {
    const said = await Array.fromAsync(withoutCode(inPieces(text, size), "en"));
    assert.equal(said.join(""), "Try this:\nThe code is in the text. \nThen `b`.");
  }
  const open = await Array.fromAsync(withoutCode(inPieces("Вот:\n```\nлюбой код"), "ru"));
  assert.equal(open.join(""), "Вот:\nКод — в тексте. ");
});
