import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ApprenticeError } from "../../../src/core/errors.ts";
import {
  textFormats,
  type ImportFormat,
  type Imported,
} from "../../../src/learning/importers/importer.ts";
import { importError, importLimits, readLessons } from "../../../src/learning/importers/read.ts";
import type { Lesson } from "../../../src/learning/teaching.ts";
import { sayError } from "../../../src/texts/say.ts";
import { runs } from "../../runs.ts";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (name: string, text: string, options = {}): Promise<Imported> =>
  readLessons({ name, bytes: bytesOf(text) }, options);

/** Words of every script the project promises to keep, with what breaks naive readers. */
const words = fc.oneof(
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 }),
  fc
    .array(
      fc.constantFrom(
        "Привет, мир",
        "שלום עולם",
        "👩‍👩‍👧‍👦🎉",
        '"',
        "''",
        ";",
        ",",
        "\t",
        "\n",
        "\r\n",
        "\r",
        " ",
        "=>",
        "|",
        "null",
        "#",
        "{",
        "\\",
        "ё",
      ),
      { minLength: 1, maxLength: 8 },
    )
    .map((parts) => parts.join("")),
);
const sayable = words.filter(
  (text) => text.trim() !== "" && !text.includes("\0") && !text.startsWith("\ufeff"),
);
const lessons = fc.array(
  fc.record(
    {
      prompt: sayable,
      answer: fc.oneof(
        { weight: 9, arbitrary: sayable },
        { weight: 1, arbitrary: fc.constant(null) },
      ),
      label: fc.constant("positive" as const),
    },
    { noNullPrototype: true },
  ),
  { minLength: 1, maxLength: 12 },
);

const quoted = (cell: string | null): string =>
  cell === null ? "null" : `"${cell.replaceAll('"', '""')}"`;
const writers: Record<string, (given: readonly Lesson[]) => string> = {
  "rows.csv": (given) =>
    ["prompt,answer", ...given.map((row) => `${quoted(row.prompt)},${quoted(row.answer)}`)].join(
      "\r\n",
    ),
  "headless.csv": (given) =>
    given.map((row) => `${quoted(row.prompt)},${quoted(row.answer)}\n`).join(""),
  "rows.tsv": (given) =>
    [
      "question\tanswer\tlabel",
      ...given.map((row) => `${quoted(row.prompt)}\t${quoted(row.answer)}\t${row.label}`),
    ].join("\n"),
  "german.csv": (given) =>
    [
      "label;answer;prompt",
      ...given.map((row) => `;${quoted(row.answer)};${quoted(row.prompt)}`),
    ].join("\n"),
  "rows.jsonl": (given) => given.map((row) => JSON.stringify(row)).join("\n"),
  "rows.json": (given) => JSON.stringify(given, null, 2),
  "faq.json": (given) =>
    JSON.stringify({
      version: 1,
      faq: given.map(({ prompt, answer }) => ({ question: prompt, answer })),
    }),
};

for (const [name, write] of Object.entries(writers)) {
  test(`lessons written as ${name} come back byte for byte`, async () => {
    await fc.assert(
      fc.asyncProperty(lessons, async (given) => {
        fc.pre(
          name !== "headless.csv" ||
            !/^(prompt|question|answer|вопрос|ответ|q|a)$/i.test(given[0]?.prompt.trim() ?? ""),
        );
        const imported = await read(name, write(given));
        assert.deepEqual(imported.problems, []);
        assert.deepEqual(
          imported.lessons.map(({ item: _item, ...lesson }) => lesson),
          given,
        );
      }),
      { numRuns: runs(20) },
    );
  });
}

test("random bytes and random text are refused or read, never a crash", async () => {
  const names = ["a", "a.csv", "a.jsonl", "a.json", "a.txt", "a.md", "a.exe"];
  const marks = fc.array(
    fc.constantFrom(
      '"',
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      "\n",
      "\r",
      "# ",
      "Q: ",
      "A: ",
      "|",
      "---",
      "```",
      "\\",
      "a",
      "ж",
      "null",
      '{"prompt":"a","answer":"b"}',
      "\t",
      "=>",
    ),
    { maxLength: 40 },
  );
  const content = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    marks.map((parts) => bytesOf(parts.join(""))),
    fc.json().map(bytesOf),
  );
  await fc.assert(
    fc.asyncProperty(
      content,
      fc.constantFrom(...names),
      fc.option(fc.constantFrom(...textFormats)),
      async (bytes, name, format) => {
        const options: { format?: ImportFormat } = format ? { format } : {};
        const imported = await readLessons({ name, bytes }, options).catch(
          (error: unknown) => error,
        );
        if (imported instanceof ApprenticeError) {
          const refusals = ["import-empty", "import-format", "import-old", "import-damaged"];
          assert.ok(refusals.includes(imported.code));
          return;
        }
        const { lessons: found, problems, problemCount } = imported as Imported;
        assert.equal(found.length === 0, problemCount > 0, String(imported));
        assert.ok(problems.every(({ line }) => line >= 1));
      },
    ),
    { numRuns: runs(300) },
  );
});

test("one mistake means nothing is taught, and twenty are shown with the true count", async () => {
  const rows = Array.from({ length: 30 }, (_, index) => `{"prompt": "p${index}", "answer": ""}`);
  const imported = await read(
    "a.jsonl",
    [`{"prompt": "good", "answer": "row"}`, ...rows].join("\n"),
  );
  assert.equal(imported.lessons.length, 0);
  assert.equal(imported.problems.length, 20);
  assert.equal(imported.problemCount, 30);
  assert.deepEqual([imported.problems[0]?.line, imported.problems[19]?.line], [2, 21]);
  const words = sayError("ru", importError("a.jsonl", imported, "ru"));
  assert.match(words, /30 ошибок\.\nСтрока 2: ответ пуст/);
  assert.match(words, /и ещё 10\./);
});

test("every mistake names its line", async () => {
  const cases: [name: string, text: string, line: number, key: string][] = [
    ["a.csv", 'prompt,answer\na,"b\nc"\n\n"x","y"\nd,"e\nf,g\n', 6, "import.quote-open"],
    ["a.csv", 'prompt,answer\na,b"c"\n', 2, "import.quote-stray"],
    ["a.csv", 'prompt,answer\r\n"a\r\nb",c\r\nd,e,f\r\n', 4, "import.columns"],
    ["a.csv", "prompt,answer\ra,b\rc,\r", 3, "import.answer-empty"],
    ["a.csv", "prompt,answer,label\na,b,maybe\n", 2, "import.label"],
    ["a.csv", "question,note,other\na,b,c\n", 1, "import.header"],
    ["a.csv", "prompt,answer,label\na,null,negative\n", 2, "import.negative-without-answer"],
    [
      "a.jsonl",
      '{"prompt":"a","answer":"b"}\n\n{"prompt":"c","answer":"d"\n',
      3,
      "import.json-broken",
    ],
    ["a.jsonl", '{"prompt":"a"}\n', 1, "import.answer-missing"],
    ["a.jsonl", '{"answer":"a"}\n', 1, "import.prompt-missing"],
    ["a.jsonl", '{"prompt":"a","answer":"b"}\n["c","d"]\n', 2, "import.json-not-object"],
    ["a.jsonl", '{"prompt":"a","answer":"\\ud800"}\n', 1, "import.broken-character"],
    ["a.jsonl", '{"prompt":"a","answer":"\\u0000"}\n', 1, "import.broken-character"],
    ["a.jsonl", '{"prompt":"a","answer":"b","rejected":"b"}\n', 1, "import.rejected-same"],
    ["a.jsonl", '{"prompt":"a","answer":true}\n', 1, "import.field-type"],
    ["a.jsonl", '{"messages":[{"role":"assistant","content":"a"}]}\n', 1, "import.messages"],
    [
      "a.json",
      '[\n  {"prompt":"a","answer":"b"},\n  {"prompt":"c",\n   "answer":d}\n]',
      4,
      "import.json-broken",
    ],
    [
      "a.json",
      '[\n  {"prompt":"a","answer":"b"},\n\n  {"prompt":"","answer":"d"}\n]',
      4,
      "import.prompt-empty",
    ],
    ["a.json", '[\n  {"prompt":"a","answer":"b"}\n', 1, "import.json-unclosed"],
    ["a.json", '[\n  {"prompt":"a","answer":"b}\n]', 2, "import.json-unclosed"],
    ["a.json", '{\n"hello": "hi",\n"bye": ["x"]\n}', 3, "import.field-type"],
    ["a.txt", "Q: a\nA: b\n\nQ: c\n", 4, "import.question-without-answer"],
    ["a.txt", "hello\nQ: a\nA: b\n", 1, "import.text-outside"],
    ["a.txt", "A: a\nQ: b\nA: c", 1, "import.answer-without-question"],
    ["a.txt", "a => b\nc\n", 2, "import.line-without-separator"],
    ["a.md", "## a\n\nb\n\n## c\n", 5, "import.heading-without-answer"],
    ["a.md", "| Question | Answer |\n|---|---|\n| a | b |\n| c | d | e |\n", 4, "import.columns"],
    ["a.jsonl", `{"prompt":"${"p".repeat(4001)}","answer":"b"}`, 1, "import.prompt-long"],
    ["a.jsonl", `{"prompt":"p","answer":"${"b".repeat(32_001)}"}`, 1, "import.answer-long"],
  ];
  for (const [name, text, line, key] of cases) {
    const { problems, lessons: taught } = await read(name, text);
    assert.deepEqual(
      problems.map((found) => [found.line, found.key])[0],
      [line, key],
      `${name}: ${text.slice(0, 60)}`,
    );
    assert.equal(taught.length, 0);
  }
});

test("bytes that are not text are refused with their position", async () => {
  const cases: [bytes: Uint8Array, line: number, position: number, key: string][] = [
    [Buffer.concat([bytesOf("a,b\nж,"), Buffer.from([0xff, 0x41])]), 2, 7, "import.not-text"],
    [Buffer.concat([bytesOf("\ufeffab"), Buffer.from([0xe2, 0x82])]), 1, 5, "import.not-text"],
    [bytesOf("a,b\nc,d\0"), 2, 7, "import.binary"],
    [Buffer.from([0xff, 0xfe, 0x41, 0, 0x00, 0xd8, 0x41, 0]), 1, 4, "import.not-text"],
    [Buffer.from([0xff, 0xfe, 0x41, 0, 0x41]), 1, 4, "import.not-text"],
    [Buffer.from([0xff, 0xfe, 0x41, 0, 0, 0]), 1, 4, "import.binary"],
  ];
  for (const [bytes, line, position, key] of cases) {
    const { problems } = await readLessons({ name: "a.csv", bytes });
    assert.deepEqual(
      problems.map((found) => [found.line, found.values["position"], found.key]),
      [[line, position, key]],
    );
  }
});

test("UTF-8 with a mark and UTF-16 of both orders are read", async () => {
  const text = "prompt,answer\nПривет,שלום 👋\n";
  const little = Buffer.from(`\ufeff${text}`, "utf16le");
  const big = Buffer.from(little).swap16();
  for (const bytes of [bytesOf(`\ufeff${text}`), little, big]) {
    const { lessons: found } = await readLessons({ name: "a.csv", bytes });
    assert.deepEqual(
      found.map(({ prompt, answer, label }) => [prompt, answer, label]),
      [["Привет", "שלום 👋", "positive"]],
    );
  }
});

test("limits and cancellation", async () => {
  const large = { name: "a.csv", bytes: new Uint8Array(importLimits.bytes + 1) };
  await assert.rejects(readLessons(large), { code: "attachment-too-large" });
  const rows = "a,b\n".repeat(20_000);
  await assert.rejects(read("a.csv", rows, { signal: AbortSignal.abort() }), { code: "cancelled" });
  await assert.rejects(read("a.csv", ""), { code: "import-empty" });
  await assert.rejects(read("a.jsonl", "\n\n"), { code: "import-empty" });
});

test("a file without a known ending is read when its content tells how, else refused", async () => {
  await assert.rejects(read("a", "just a sentence"), { code: "import-format" });
  const code = 'import { a } from "b";\n\nfunction c(d, e) {\n  return "x";\n}\n';
  await assert.rejects(read("run.mjs", code), { code: "import-format" });
  const picture = { name: "a.png", bytes: Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0) };
  await assert.rejects(readLessons(picture), { code: "import-format" });
  const { lessons: table } = await read("pasted", 'Question;Answer\nWhen?;"At nine,\nevery day"\n');
  assert.equal(table[0]?.answer, "At nine,\nevery day");
});

test("a character of two units survives wherever a long file is cut", async () => {
  for (const prompt of ["even", "odd"]) {
    const answer = "👋".repeat(15_000);
    const { lessons: found } = await read("a.csv", `${prompt},${answer}\n`.repeat(9));
    assert.ok(found.every((lesson) => lesson.answer === answer));
  }
});
