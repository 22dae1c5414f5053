import { test } from "node:test";
import { readLessons } from "../../../src/learning/importers/read.ts";

const size = 5_000_000;
const shapes: Readonly<Record<string, string>> = {
  "tildes.md": `# a?\n${"~".repeat(size)}\``,
  "brackets.md": "[".repeat(size),
  "quotes.md": "> ".repeat(size / 2),
  "bars.md": "|".repeat(size),
  "dashes.md": `${"a\n---\n".repeat(size / 6)}# b`,
  "details.md": "<details>\n\n".repeat(size / 50),
  "spaces.txt": `Q${" ".repeat(size)}`,
  "marks.txt": `${"Q:\n".repeat(size / 30)}A: b`,
  "quotes.csv": '"'.repeat(size),
  "brackets.json": "[".repeat(size),
};

for (const [name, text] of Object.entries(shapes)) {
  test(`${name} of a hostile shape is read or refused soon`, { timeout: 60_000 }, async () => {
    // Whether it is read or refused is all the same: it has to end.
    await readLessons({ name, bytes: Buffer.from(text) }).catch(() => {});
  });
}
