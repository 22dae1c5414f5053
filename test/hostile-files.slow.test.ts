import assert from "node:assert/strict";
import { test } from "node:test";
import { fileParsers, hostileTexts, textParsers, timeOf } from "./hostile-texts.ts";

/** CI has little time, and tests that speak beside this one: it reads a tenth of each file. */
const share = process.env["CI"] && !process.env["FULL"] ? 10 : 1;

test("no file of 5 MB, or of 1 MB of Markdown, keeps everybody waiting", async () => {
  let count = 0;
  let slowest = { name: "", milliseconds: 0 };
  // A megabyte of nothing but headings takes ten seconds, in slices that let others in between.
  const markdown = fileParsers.filter(({ name }) => name.endsWith(".md"));
  const tables = fileParsers.filter((parser) => !markdown.includes(parser));
  for (const [parsers, length] of [
    [tables, 5_000_000 / share],
    [markdown, 1_000_000 / share],
    [textParsers, 16_000],
  ] as const)
    for (const { name, text } of hostileTexts(length))
      for (const parser of parsers) {
        const milliseconds = await timeOf(parser, text);
        count += 1;
        if (milliseconds > slowest.milliseconds)
          slowest = { name: `${parser.name}, ${name}`, milliseconds };
        assert.ok(milliseconds < 60_000, `${parser.name}, ${name}`);
      }
  const { name, milliseconds } = slowest;
  console.log(
    `hostile parser inputs: ${count} of 1/${share} of 5 MB, slowest ${Math.round(milliseconds)} ms (${name})`,
  );
});
