import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { clauses } from "../../src/speech/text/clauses.ts";
import { sentenceLanguage } from "../../src/speech/text/sentence-language.ts";
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

test("phone numbers, sums and ranges are told apart", () => {
  const said: readonly [string, "en" | "ru", string][] = [
    ["Call +7 495 123 45 67.", "en", "Call plus 7, 4 9 5, 1 2 3, 4 5, 6 7."],
    ["Звоните +7 495 123 45 67.", "ru", "Звоните плюс 7, 495, 123, 45, 67."],
    ["8 (800) 555-05-35", "ru", "8, 800, 555, 0 5, 35"],
    ["Call 555-0199 now.", "en", "Call 5 5 5, 0 1 9 9 now."],
    ["(212) 555-0199", "en", "2 1 2, 5 5 5, 0 1 9 9"],
    ["10 - 3 = 7", "en", "10 minus 3 equals 7"],
    ["10 - 3 = 7", "ru", "10 минус 3 равно 7"],
    ["6 * 7 = 42 и 8 / 2 = 4", "ru", "6 на 7 равно 42 и 8 делить на 2 равно 4"],
    ["Open 10:00-18:00, pages 5-7.", "en", "Open 10:00 to 18:00, pages 5 to 7."],
    ["С 9:00–18:30", "ru", "С от 9 часов до 18 часов 30 минут"],
    ["1 234 567 people", "en", "1234567 people"],
  ];
  for (const [text, language, expected] of said) assert.equal(speakable(text, language), expected);
});

test("what only eyes can read is left out: emoji ids, tables, boxes, tags", () => {
  const said: readonly [string, "en" | "ru", string][] = [
    ["Nice <:party:123456789012345678> <a:dance:1234567890>!", "en", "Nice  !"],
    ["See <https://www.example.org/a/b>.", "en", "See the link to example.org."],
    ["<@&99> and <#12>: hi", "en", " and : hi"],
    ["| Day | Hours |\n|-----|-------|\n| Mon | 9-17 |", "en", " Day , Hours \n Mon , 9 to 17 "],
    ["┌────┐\n│ ok │\n└────┘", "en", " ok \n"],
    [`${"-".repeat(60)} Saturday`, "en", `${"-".repeat(60)} Saturday`],
    ["||secret|| ~~old~~ **new**", "en", "secret old new"],
    ["5 * 3 and a_b_c", "en", "5 * 3 and a_b_c"],
  ];
  for (const [text, language, expected] of said) assert.equal(speakable(text, language), expected);
});

test("names of products in a Russian sentence are spoken by the Russian voice", () => {
  const inRussian = sentenceLanguage("ru");
  const clausesInOrder = ["Установите Visual Studio Code, ", "GitHub Copilot, ", "Docker и Git. "];
  assert.deepEqual(clausesInOrder.map(inRussian), ["ru", "ru", "ru"]);
  assert.equal(inRussian("Then restart the computer. "), "en");
  assert.equal(inRussian("Готово."), "ru");
  const inEnglish = sentenceLanguage("en");
  assert.equal(inEnglish("Say «привет» to them. "), "en");
  assert.equal(inEnglish("Откройте файл README. "), "ru");
});

test("a clause of 16,000 hostile characters takes no time worth mentioning", () => {
  const pieces = [
    "-",
    "*",
    "**a",
    "_",
    "`",
    "[",
    "[a](",
    "![",
    "<",
    "<a ",
    "|",
    "| a ",
    "1",
    "1 ",
    "1-",
    "+1 ",
    "a@",
    "a.",
    "http://",
    "https://a",
    "(",
    "🎉",
    ", ",
    "?!",
    "\n- ",
    "---|",
    "a*b_",
  ];
  for (const piece of pieces) {
    const text = piece.repeat(16_000 / piece.length);
    const started = performance.now();
    for (const language of ["en", "ru"] as const) speakable(text, language);
    assert.ok(performance.now() - started < 20_000, piece);
  }
});

test("amounts agree with their units, dates and times are said as people say them", () => {
  const said: readonly [string, "en" | "ru", string][] = [
    ["21%", "ru", "21 процент"],
    ["Скидка 3 %, потом 2,5%.", "ru", "Скидка 3 процента, потом 2,5 процента."],
    ["1 ₽, 22 ₽, 11 ₽, 100 руб.", "ru", "1 рубль, 22 рубля, 11 рублей, 100 рублей"],
    ["$1 и 5 $ и €7", "ru", "1 доллар и 5 долларов и 7 евро"],
    ["$1, $5 and 1 °C", "en", "1 dollar, 5 dollars and 1 degree"],
    ["+1 °C, −3 °С", "ru", "+1 градус, −3 градуса"],
    ["Встреча 25.11.2026 в 12:30.", "ru", "Встреча 25 ноября 2026 года в 12 часов 30 минут."],
    ["До 01.02.2027 г. в 9:00", "ru", "До 1 февраля 2027 года в 9 часов"],
    ["On 2026-11-25 at 12:30", "en", "On November 25, 2026 at 12:30"],
    ["2026-02-29 и 31.04.2026", "ru", "2026-02-29 и 31.04.2026"],
    ["Счёт 21:19:05, 1:1000", "ru", "Счёт 21:19:05, 1:1000"],
  ];
  for (const [text, language, expected] of said) assert.equal(speakable(text, language), expected);
});

test("whatever is read as a date has the day, the month and the year that were written", () => {
  const days = fc.date({
    min: new Date("1900-01-01"),
    max: new Date("2199-12-31"),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(days, fc.constantFrom("en", "ru"), (date, language) => {
      const iso = date.toISOString().slice(0, 10);
      const said = speakable(iso, language);
      assert.equal(speakable(iso.split("-").toReversed().join("."), language), said);
      const numbers = said
        .match(/\d+/g)!
        .map(Number)
        .toSorted((a, b) => a - b);
      assert.deepEqual(numbers, [date.getUTCDate(), date.getUTCFullYear()]);
    }),
    { numRuns: 100, seed: 5 },
  );
});

test("plain text is said as it stands", () => {
  for (const text of [
    "Ты сказал: Привет, как дела?",
    " snake_case_name a * b ",
    "12:30, 3.5 kg; 2026-13-25; 1.2.3; v25.11.2026.1; 192.168.10.20",
  ]) {
    assert.equal(speakable(text, "en"), text);
  }
});

test("a block between tildes is code too, and tildes within a line are not", async () => {
  const text = "~~~sh\nrm -r x\n~~~\nIt is ~~old~~ and ~~~wavy~~~ text";
  for (const size of [1, 2, 3, 100]) {
    const said = await Array.fromAsync(withoutCode(inPieces(text, size), "en"));
    assert.equal(said.join(""), "The code is in the text. \nIt is ~~old~~ and ~~~wavy~~~ text");
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
