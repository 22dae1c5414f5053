import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { ApprenticeError } from "../../../src/core/errors.ts";
import { readApart } from "../../../src/learning/importers/office/read-apart.ts";
import { readDocument } from "../../../src/learning/importers/office/read-document.ts";
import { importError, readLessons } from "../../../src/learning/importers/read.ts";
import { docxOf, openDocument, packed, pdfOf, xlsxOf } from "../../office-files.ts";
import { runs } from "../../runs.ts";

const read = (name: string, bytes: Uint8Array) => readLessons({ name, bytes });
const pairsOf = async (name: string, bytes: Uint8Array): Promise<(string | null)[][]> =>
  (await read(name, bytes)).items.map(({ wordings, answer }) => [...wordings, answer]);

test("a workbook says on which sheet and in which row a mistake is", async () => {
  const rows = [
    ["Question", "Answer"],
    ["Where?", null],
  ];
  const imported = await read("faq.xlsx", await xlsxOf([{ name: "Visitors", rows }]));
  const { values } = importError("faq.xlsx", imported, "en");
  assert.match(String(values["problems"]), /^Sheet “Visitors”, row 2: the answer is empty/);
  const russian = importError("faq.xlsx", imported, "ru");
  assert.match(String(russian.values["problems"]), /^Лист «Visitors», строка 2: ответ пуст/);
});

test("columns that a person names are looked for on every sheet", async () => {
  const bytes = await xlsxOf([
    {
      name: "A",
      rows: [
        ["Nr", "What", "So"],
        ["1", "Where is the kiln?", "Room 4."],
      ],
    },
    {
      name: "B",
      rows: [
        ["Item", "Price"],
        ["Clay", "12"],
      ],
    },
  ]);
  const columns = { question: "What", answer: "So" };
  const imported = await readLessons({ name: "faq.xlsx", bytes }, { columns });
  assert.deepEqual(
    imported.lessons.map(({ prompt, answer }) => [prompt, answer]),
    [["Where is the kiln?", "Room 4."]],
  );
  assert.deepEqual(
    imported.leftOut.map(({ leftOut, values }) => [leftOut, values["sheet"]]),
    [["import.left-sheet", "B"]],
  );
});

test("a table whose columns are unsure names them, so that somebody can choose", async () => {
  const rows = [["Stock of 2026"], ["Item", null, "Price", "Price"], ["Clay", null, "12", "13"]];
  for (const [name, bytes] of [
    ["stock.xlsx", await xlsxOf([{ name: "Stock", rows }])],
    ["stock.csv", Buffer.from("Item,,Price,Price\nClay,,12,13\n")],
  ] as const) {
    const [first] = (await read(name, bytes)).problems;
    assert.deepEqual([first?.key, first?.columns], ["import.header", ["Item", "Price"]]);
  }
});

test("what a document really is counts, not its name", async () => {
  const bytes = await docxOf([{ text: "Where?", style: "Heading1" }, { text: "Here." }]);
  for (const name of ["faq", "faq.xlsx", "faq.txt"])
    assert.deepEqual(await pairsOf(name, bytes), [["Where?", "Here."]]);
  const other = await packed({ "faq.bin": "x" });
  await assert.rejects(read("faq.xlsx", other), { code: "import-format" });
});

test("a small document that unfolds to gigabytes is refused before it does", async () => {
  const paragraph = "<w:p><w:r><w:t>aaaaaaaaaa</w:t></w:r></w:p>";
  const bomb = await docxOf(paragraph.repeat(600_000));
  assert.ok(bomb.length < 400_000);
  await assert.rejects(read("bomb.docx", bomb), { code: "archive-too-large" });

  const long = "a".repeat(30_000);
  const rows = [["Question", "Answer"], ...Array.from({ length: 5_000 }, () => ["Where?", long])];
  await assert.rejects(read("shared.xlsx", await xlsxOf([{ name: "A", rows }])), {
    code: "archive-too-large",
  });

  const cell = `<table:table-cell table:number-columns-repeated="1000000000"><text:p>a</text:p></table:table-cell>`;
  const row = `<table:table-row table:number-rows-repeated="1000000000">${cell}</table:table-row>`;
  const repeated = await openDocument("spreadsheet", `<table:table>${row}</table:table>`);
  const imported = await read("repeated.ods", repeated);
  assert.deepEqual(
    imported.problems.map(({ key }) => key),
    ["import.header"],
  );
});

test("entities that a document declares are not expanded", async () => {
  const bomb = await packed({
    mimetype: "application/vnd.oasis.opendocument.text",
    "content.xml": `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "${"c".repeat(1_000)}">]><a>&b;</a>`,
  });
  await assert.rejects(read("bomb.odt", bomb), { code: "import-damaged" });
});

test("XML deeper than any program writes, and pages past the limit, are refused", async () => {
  const deep = await docxOf(`${"<w:sdt>".repeat(20_000)}${"</w:sdt>".repeat(20_000)}`);
  await assert.rejects(read("deep.docx", deep), { code: "import-damaged" });
  const pages = Array.from({ length: 501 }, () => [{ text: "a", y: 700 }]);
  await assert.rejects(read("long.pdf", pdfOf(pages)), { code: "import-pages" });
});

test("a page's menu, hidden words and comments are not taught, however they are hidden", async () => {
  const hidden = [
    `<p style="display:none">x</p>`,
    `<p style="VISIBILITY: hidden">x</p>`,
    `<p style="font-size:0">x</p>`,
    `<p style="color:red; opacity: 0">x</p>`,
    `<p hidden>x</p>`,
    `<p aria-hidden="true">x</p>`,
    `<div hidden><div><p>x</p></div></div>`,
    "<!-- x -->",
    "<template>x</template>",
    "<noscript>x</noscript>",
    "<nav><ul><li>x</li></ul></nav>",
    "<svg><text>x</text></svg>",
    "<select><option>x</option></select>",
    "\u{e0078}\u200b",
  ];
  const html = `<h2>Where?</h2><p>Here.</p>${hidden.join("")}`;
  assert.deepEqual(await pairsOf("a.html", Buffer.from(html)), [["Where?", "Here."]]);
});

test("links of documents keep where they go", async () => {
  const html = `<h2>Where?</h2><p>See <a href="https://club.example/map">the <b>map</b></a> or <a href="#x">below</a>.</p>`;
  assert.deepEqual(await pairsOf("a.html", Buffer.from(html)), [
    ["Where?", "See [the map](https://club.example/map) or below."],
  ]);
});

test("a long table in a document is read to its end", async () => {
  const rows = Array.from({ length: 2_000 }, (_, at) => [`Question ${at}?`, `Answer ${at}.`]);
  const bytes = await docxOf([
    { text: "Our club", style: "Title" },
    { text: "FAQ", style: "Heading1" },
    [["Question", "Answer"], ...rows],
  ]);
  assert.equal((await read("long.docx", bytes)).items.length, 2_000);
});

test("a workbook of 20,000 rows is read", async () => {
  const rows = Array.from({ length: 20_000 }, (_, value) => ["Yes.", null, { value, style: 0 }]);
  const sheet = { name: "FAQ", rows: [["Answer", null, "Question"], ...rows] };
  const imported = await read("long.xlsx", await xlsxOf([sheet]));
  assert.equal(imported.items.length, 20_000);
});

test("a document that takes too long, or too much memory, is given up", async () => {
  const rows = Array.from({ length: 60_000 }, (_, value) => [{ value, style: 0 }, "Yes."]);
  const bytes = await xlsxOf([{ name: "A", rows: [["Question", "Answer"], ...rows] }]);
  const file = { kind: "package", name: "long.xlsx", bytes } as const;
  for (const limits of [
    { seconds: 60, heapMegabytes: 16 },
    { seconds: 0.01, heapMegabytes: 512 },
  ])
    await assert.rejects(Array.fromAsync(readApart(file, undefined, limits)), {
      code: "import-slow",
    });
});

test("reading a document stops when nobody waits for it any more", async () => {
  const rows = [
    ["Question", "Answer"],
    ["Where?", "Here."],
  ];
  const bytes = await xlsxOf([{ name: "A", rows }]);
  const leaving = new AbortController();
  const reading = readLessons({ name: "a.xlsx", bytes }, { signal: leaving.signal });
  leaving.abort();
  await assert.rejects(reading, { code: "cancelled" });
});

test("the pages' running titles and numbers are no part of a PDF's answers", async () => {
  const page = (number: number) => [
    { text: "Our club, 2026", y: 770, size: 9 },
    { text: `Where is room ${number}?`, y: 700, isStrong: true },
    { text: `On floor ${number}.`, y: 684 },
    { text: `${number}`, y: 30 },
  ];
  assert.deepEqual(await pairsOf("a.pdf", pdfOf([page(1), page(2), page(3)])), [
    ["Where is room 1?", "On floor 1."],
    ["Where is room 2?", "On floor 2."],
    ["Where is room 3?", "On floor 3."],
  ]);
});

test("documents with any bytes changed are read or refused, never a crash", async () => {
  const rows = [
    ["Question", "Answer"],
    ["Where is the kiln?", "Room 4."],
  ];
  const documents = [
    ["package", await xlsxOf([{ name: "FAQ", rows, merges: ["A1:B1"] }], ["0.00"])],
    [
      "package",
      await docxOf([{ text: "Where?", style: "Heading1" }, rows, { text: "a", list: 2 }]),
    ],
    ["pdf", pdfOf([[{ text: "Q: Where?", y: 700 }]])],
    ["html", Buffer.from("<table><tr><td>Where?<td>Here<details><summary>a</table><ol><li>")],
  ] as const;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...documents),
      fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), {
        minLength: 1,
        maxLength: 9,
      }),
      async ([kind, whole], changes) => {
        const bytes = Buffer.from(whole);
        for (const [place, byte] of changes) bytes[place % bytes.length] = byte;
        const reading = Array.fromAsync(readDocument({ kind, name: "a", bytes }));
        const outcome = await reading.catch((thrown: unknown) => thrown);
        assert.ok(Array.isArray(outcome) || outcome instanceof Error);
      },
    ),
    { numRuns: runs(200) },
  );
});

test("XML with any parts in any order is read or refused", async () => {
  const tags = ["p", "r", "t", "tbl", "tr", "tc", "hyperlink", "del", "b", "numPr"];
  const parts = fc.array(
    fc.oneof(
      fc.constantFrom("Where?", "Q: a", "|", "# ", "&amp;"),
      fc.constantFrom(...tags).map((tag) => `<w:${tag}>`),
      fc.constantFrom(...tags).map((tag) => `</w:${tag}>`),
      fc.constantFrom(...tags).map((tag) => `<w:${tag} w:val="1"/>`),
    ),
    { maxLength: 60 },
  );
  await fc.assert(
    fc.asyncProperty(parts, async (body) => {
      const bytes = await docxOf(body.join(""));
      const reading = Array.fromAsync(readDocument({ kind: "package", name: "a", bytes }));
      const outcome = await reading.catch((thrown: unknown) => thrown);
      assert.ok(Array.isArray(outcome) || (outcome as ApprenticeError).code === "import-damaged");
    }),
    { numRuns: runs(200) },
  );
});
