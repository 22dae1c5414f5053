import assert from "node:assert/strict";
import { test } from "node:test";
import { formatOf } from "../../../src/learning/importers/format.ts";
import { readLessons, type ReadOptions } from "../../../src/learning/importers/read.ts";

/** Reads a file that must be right: its lessons as [prompt, answer], negatives marked. */
async function pairsOf(name: string, text: string, options: ReadOptions = {}): Promise<unknown[]> {
  const imported = await readLessons({ name, bytes: new TextEncoder().encode(text) }, options);
  assert.deepEqual(imported.problems, []);
  return imported.lessons.map(({ prompt, answer, label }) =>
    label === "negative" ? [prompt, answer, label] : [prompt, answer],
  );
}

test("JSONL: own fields, labels, rejected answers and null", async () => {
  const text = [
    '{"prompt":"a","answer":"b","label":"positive","lang":"en","tags":["x","y"]}',
    '{"prompt":"c","answer":"d","label":"negative"}',
    '{"prompt":"e","answer":"f","rejected":"g"}',
    '{"prompt":"h","answer":null}',
    '{"prompt":"i","answer":7}',
  ].join("\r\n");
  assert.deepEqual(await pairsOf("a.jsonl", text), [
    ["a", "b"],
    ["c", "d", "negative"],
    ["e", "f"],
    ["e", "g", "negative"],
    ["h", null],
    ["i", "7"],
  ]);
  const { lessons } = await readLessons({ name: "a.jsonl", bytes: Buffer.from(text) });
  assert.deepEqual(lessons[0]?.tags, ["x", "y"]);
});

test("JSONL: names from elsewhere", async () => {
  const cases: [row: object, pairs: unknown[]][] = [
    [{ question: "a", response: "b" }, [["a", "b"]]],
    [{ text: "book a flight", intent: "travel" }, [["book a flight", "travel"]]],
    [{ text: "great film", label: "positive" }, [["great film", "positive"]]],
    [{ utterance: "hi", label: 3 }, [["hi", "3"]]],
    [{ question: "hi", label: "greeting" }, [["hi", "greeting"]]],
    [{ instruction: "Translate", input: "кот", output: "cat" }, [["Translate\n\nкот", "cat"]]],
    [
      { questions: ["a", "b"], answer: "c" },
      [
        ["a", "c"],
        ["b", "c"],
      ],
    ],
    [
      { prompt: "a", chosen: "b", rejected: "c" },
      [
        ["a", "b"],
        ["a", "c", "negative"],
      ],
    ],
    [{ prompt: "a", rejected: "c" }, [["a", "c", "negative"]]],
    [{ prompt: "a", completion: "b", label: true }, [["a", "b"]]],
    [{ prompt: "a", completion: "b", label: false }, [["a", "b", "negative"]]],
    [
      {
        messages: [
          { role: "system", content: "be kind" },
          { role: "user", content: "a" },
          { role: "assistant", content: "b" },
          { role: "user", content: "c" },
          { role: "assistant", content: [{ type: "text", text: "d" }] },
        ],
      },
      [["a", "b"]],
    ],
    [
      {
        input: { messages: [{ role: "user", content: "a" }] },
        preferred_output: [{ role: "assistant", content: "b" }],
        non_preferred_output: [{ role: "assistant", content: "c" }],
      },
      [
        ["a", "b"],
        ["a", "c", "negative"],
      ],
    ],
    [
      {
        prompt: [
          { role: "system", content: "s" },
          { role: "user", content: "a" },
        ],
        chosen: [{ role: "assistant", content: "b" }],
        rejected: [{ role: "assistant", content: "c" }],
      },
      [
        ["a", "b"],
        ["a", "c", "negative"],
      ],
    ],
  ];
  for (const [row, pairs] of cases)
    assert.deepEqual(await pairsOf("a.jsonl", JSON.stringify(row)), pairs);
});

test("JSON: rows, one row, a map, lists inside an object", async () => {
  assert.deepEqual(await pairsOf("a.json", '[{"q":"a","a":"b"}]'), [["a", "b"]]);
  assert.deepEqual(await pairsOf("a.json", '{"question":"a","answer":"b"}'), [["a", "b"]]);
  assert.deepEqual(await pairsOf("a.json", '{"a":"b","c":null,"d":"e"}'), [
    ["a", "b"],
    ["c", null],
    ["d", "e"],
  ]);
  assert.deepEqual(
    await pairsOf(
      "a.json",
      '{"title":"FAQ","items":[{"question":"a","answer":"b"}],"more":[{"prompt":"c","answer":"d"}]}',
    ),
    [
      ["a", "b"],
      ["c", "d"],
    ],
  );
  assert.deepEqual(
    await pairsOf("a.json", '{"prompt":"a","answer":"b"}\n{"prompt":"c","answer":"d"}'),
    [
      ["a", "b"],
      ["c", "d"],
    ],
  );
  assert.deepEqual(await pairsOf("a.jsonl", '[\n{"prompt":"a","answer":"b"}\n]'), [["a", "b"]]);
});

test("CSV: delimiters, headers in any order, extra columns", async () => {
  assert.deepEqual(await pairsOf("a.csv", "id;Ответ;Вопрос\n1;б, в;а\n"), [["а", "б, в"]]);
  assert.deepEqual(await pairsOf("a.csv", "text,label\nbook a flight,travel\n"), [
    ["book a flight", "travel"],
  ]);
  assert.deepEqual(await pairsOf("a.csv", "Hello, there\tHi\nBye, now\tSee you\n"), [
    ["Hello, there", "Hi"],
    ["Bye, now", "See you"],
  ]);
  assert.deepEqual(await pairsOf("a.csv", "Hallo, du;Hi, du\nTag, du;Tag, auch\n"), [
    ["Hallo, du", "Hi, du"],
    ["Tag, du", "Tag, auch"],
  ]);
  assert.deepEqual(await pairsOf("a.csv", "question,Antwort\na,b\n"), [["a", "b"]]);
  assert.deepEqual(await pairsOf("a.csv", 'prompt,answer\na,null\nb,"null"\n'), [
    ["a", null],
    ["b", "null"],
  ]);
  assert.deepEqual(await pairsOf("a.csv", "prompt,answer,rejected\na,b,c\nd,e,\n"), [
    ["a", "b"],
    ["a", "c", "negative"],
    ["d", "e"],
  ]);
  assert.deepEqual(await pairsOf("a.csv", "a,b\nc,d\n", { label: "negative" }), [
    ["a", "b", "negative"],
    ["c", "d", "negative"],
  ]);
});

test("TXT: marked questions in English and Russian, and pairs on a line", async () => {
  assert.deepEqual(
    await pairsOf("a.txt", "# remark\nQ: a\nQ: b\nA: c\nd\n\ne\n\nQuestion 2: f\nAnswer: g"),
    [
      ["a", "c\nd\n\ne"],
      ["b", "c\nd\n\ne"],
      ["f", "g"],
    ],
  );
  assert.deepEqual(await pairsOf("a.txt", "В: где?\nО: тут\nВопрос: когда?\nОтвет: сейчас"), [
    ["где?", "тут"],
    ["когда?", "сейчас"],
  ]);
  assert.deepEqual(await pairsOf("a.txt", "a\tb\nc\td"), [
    ["a", "b"],
    ["c", "d"],
  ]);
  assert.deepEqual(await pairsOf("a.txt", "a | x => b\nc => d | e\nf => g"), [
    ["a | x", "b"],
    ["c", "d | e"],
    ["f", "g"],
  ]);
  assert.deepEqual(await pairsOf("a.txt", "a | b"), [["a", "b"]]);
});

test("MD: a line of dashes under a short answer parts questions and moves no answer to another one", async () => {
  const text =
    "# Pottery club\n\n## Where is the kiln?\nRoom 4\n---\n## Who fires it?\nAnna\n---\n## When?\nFridays\n";
  const { lessons } = await readLessons({ name: "club.md", bytes: Buffer.from(text) });
  assert.deepEqual(
    lessons.map(({ prompt, answer }) => [prompt, answer]),
    [
      ["Where is the kiln?", "Room 4"],
      ["Who fires it?", "Anna"],
      ["When?", "Fridays"],
    ],
  );
});

test("MD: headed sections, wordings, groups, code and setext headings", async () => {
  const text = [
    "---",
    "title: x",
    "---",
    "# Our FAQ",
    "",
    "Welcome.",
    "",
    "## Tools",
    "",
    "### How do I book?",
    "### Can I reserve a tool?",
    "",
    "Like this:",
    "",
    "```sh",
    "# not a heading",
    "book saw",
    "```",
    "",
    "### May I bring a friend? ##",
    "",
    "Yes.",
    "Always.",
    "",
    "## Opening hours",
    "",
    "Daily.",
    "",
    "Where are you?",
    "--------------",
    "",
    "Here.",
    "",
    "---",
    "",
    "Still here.",
  ].join("\n");
  const booking = "Like this:\n\n```sh\n# not a heading\nbook saw\n```";
  assert.deepEqual(await pairsOf("a.md", text), [
    ["How do I book?", booking],
    ["Can I reserve a tool?", booking],
    ["May I bring a friend?", "Yes.\nAlways."],
    ["Opening hours", "Daily."],
    ["Where are you?", "Here.\n\n---\n\nStill here."],
  ]);
});

test("MD: a table, details, bold and numbered questions beside headed sections are all taught", async () => {
  const text = [
    "# Help",
    "",
    "Welcome to the club.",
    "",
    "## Where are you?",
    "Willow Street 14, near the R&amp;D house.",
    "## Prices",
    "Prices of this year:",
    "",
    "| No | Question | Answer |",
    "|---|---|---|",
    "| 1 | What is a ticket? | 5 |",
    "",
    "## More",
    "<details><summary>May I bring a dog?</summary>",
    "",
    "Yes.",
    "</details>",
    "",
    "**Is there a bar?**",
    "",
    "From six.",
    "",
    "## Other",
    "1. **Is it warm?**",
    "   In summer.",
    "2. **Is it dry?**",
    "   Always.",
  ].join("\n");
  const { items, leftOut } = await readLessons({ name: "a.md", bytes: Buffer.from(text) });
  assert.deepEqual(
    items.map(({ wordings, answer }) => [...wordings, answer]),
    [
      ["Where are you?", "Willow Street 14, near the R&D house."],
      ["What is a ticket?", "5"],
      ["May I bring a dog?", "Yes."],
      ["Is there a bar?", "From six."],
      ["Is it warm?", "In summer."],
      ["Is it dry?", "Always."],
    ],
  );
  assert.deepEqual(
    leftOut.map(({ line }) => line),
    [3, 8],
  );
});

test("MD: headings over one text are one item with its wordings; numbered questions need no answer marks", async () => {
  const { items } = await readLessons({
    name: "a.md",
    bytes: Buffer.from("# FAQ\n## When?\n## Hours?\nDaily.\n## Where?\nHere.\n"),
  });
  assert.deepEqual(
    items.map(({ wordings, declared, line }) => ({ wordings, declared, line })),
    [
      { wordings: ["When?", "Hours?"], declared: true, line: 2 },
      { wordings: ["Where?"], declared: false, line: 5 },
    ],
  );
  assert.deepEqual(await pairsOf("a.txt", "Вопрос 1. Где?\nТут.\nВопрос 2. Когда?\nЗавтра."), [
    ["Где?", "Тут."],
    ["Когда?", "Завтра."],
  ]);
  assert.deepEqual(await pairsOf("a.txt", "Q. Where?\nA. Here.\nQ. When?\nA. Now."), [
    ["Where?", "Here."],
    ["When?", "Now."],
  ]);
});

test("MD: marks that stand only in code are no marks", async () => {
  const text = "## How do I write questions?\n\nLike this:\n\n```\nQ: a\nA: b\n```";
  assert.deepEqual(await pairsOf("a.md", text), [
    ["How do I write questions?", "Like this:\n\n```\nQ: a\nA: b\n```"],
  ]);
});

test("MD: marked questions and tables", async () => {
  assert.deepEqual(await pairsOf("a.md", "# FAQ\n\n**Q:** a\n\n**A:** b\n```\nQ: code\n```\n"), [
    ["a", "b\n```\nQ: code\n```"],
  ]);
  assert.deepEqual(
    await pairsOf("a.md", "| Frage | Antwort |\n| --- | :-: |\n| a \\| b | c<br>d |\n"),
    [["a | b", "c\nd"]],
  );
  assert.deepEqual(
    await pairsOf("a.md", "# FAQ\n\n| Answer | Question |\n|---|---|\n| b | a |\n\ntext\n"),
    [["a", "b"]],
  );
  assert.deepEqual(
    await pairsOf("a.md", "# FAQ\n\n## Prices\n\n| Tool | Price |\n|---|---|\n| saw | 5 |\n"),
    [["Prices", "| Tool | Price |\n|---|---|\n| saw | 5 |"]],
  );
});

test("the content tells the format when the name does not", () => {
  const cases: [text: string, format: string | undefined][] = [
    ['{"prompt":"a","answer":"b"}\n{"prompt":"c","answer":"d"}', "jsonl"],
    ['[{"prompt":"a","answer":"b"}]', "json"],
    ["# A\n\nb", "md"],
    ["Q: a\nA: b", "txt"],
    ["a => b\nc => d", "txt"],
    ["a,b\nc,d", "csv"],
    ["| a | b |\n|---|---|\n| c | d |", "md"],
    ["just words", undefined],
  ];
  for (const [text, format] of cases) assert.equal(formatOf("file", text), format, text);
  assert.equal(formatOf("FAQ.TSV", "a\tb"), "csv");
});
