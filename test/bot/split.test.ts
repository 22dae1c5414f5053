import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { splitText } from "../../src/bot/split.ts";

const limit = 60;
const withoutSpace = (text: string): string => text.replaceAll(/\s/g, "");

test("a short text stays whole", () => {
  assert.deepEqual(splitText("hello", limit), ["hello"]);
  assert.deepEqual(splitText("", limit), []);
});

test("it cuts at paragraphs, then lines, then words", () => {
  const paragraph = "one two three four five six seven eight";
  assert.deepEqual(splitText(`${paragraph}\n\n${paragraph}`, limit), [paragraph, paragraph]);
  const words = splitText("word ".repeat(40).trim(), limit);
  assert.ok(
    words.every((part) => part.length <= limit && /^word( word)*$/.test(part)),
    words.join("|"),
  );
});

test("a style, a code or a link is not torn unless it fills a part", () => {
  const before = "Some words that stand before it, and then";
  for (const span of [
    "**very bold words here**",
    "`!undo 3f9a21c7 now`",
    "[the site](https://a.example/x)",
  ]) {
    const parts = splitText(`${before} ${span} and words that follow after it`, limit);
    assert.ok(
      parts.some((part) => part.includes(span)),
      parts.join("|"),
    );
  }
  const parts = splitText(`**${"long ".repeat(30)}end**`, limit);
  assert.ok(parts.every((part) => part.length <= limit));
});

test("a code block that is indented, quoted or opened behind words is not torn either", () => {
  const code = Array.from({ length: 8 }, (_, line) => `line number ${line}`);
  for (const [opening, quote] of [
    ["    ```sh", ""],
    ["> ```sh", "> "],
    ["Run this: ```sh", ""],
  ] as const) {
    const text = [opening, ...code.map((line) => quote + line), `${quote}\`\`\``, "Done."].join(
      "\n",
    );
    const parts = splitText(text, limit);
    assert.ok(parts.length > 2);
    for (const part of parts) {
      assert.ok(part.length <= limit, part);
      assert.equal((part.match(/```/g) ?? []).length % 2, 0, part);
      for (const line of part.split("\n"))
        if (line.includes("number")) assert.ok(line.startsWith(quote), part);
    }
    for (const part of parts.slice(1, -1)) assert.ok(part.startsWith(`${quote}\`\`\`sh\n`), part);
  }
});

test("a code block that is cut is closed and opened again with its language", () => {
  const code = Array.from({ length: 12 }, (_, line) => `const line${line} = ${line};`).join("\n");
  const parts = splitText(`Look:\n\`\`\`ts\n${code}\n\`\`\`\nDone.`, limit);
  assert.ok(parts.length > 3);
  for (const part of parts) {
    assert.ok(part.length <= limit, `${part.length}`);
    assert.equal((part.match(/```/g) ?? []).length % 2, 0, part);
  }
  assert.ok(
    parts.slice(1, -1).every((part) => part.startsWith("```ts\n")),
    parts.join("\n---\n"),
  );
  assert.equal(
    parts
      .join("\n")
      .replaceAll(/```(ts)?\n?/g, "")
      .match(/const/g)?.length,
    12,
  );
});

test("every part fits and no letter is lost or halved", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme", maxLength: 600 }),
      fc.integer({ min: 20, max: 80 }),
      (text, most) => {
        fc.pre(!/[`~]/.test(text) && text.isWellFormed());
        const parts = splitText(text, most);
        for (const part of parts) {
          assert.ok(part.length <= most);
          assert.ok(part.isWellFormed());
          assert.notEqual(part.trim(), "");
        }
        assert.equal(withoutSpace(parts.join("")), withoutSpace(text));
      },
    ),
  );
});
