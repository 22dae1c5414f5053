import { readFile, readdir, writeFile } from "node:fs/promises";
import { previewFile } from "../src/learning/preview-file.ts";

/**
 * Reads every file of the corpus and writes what came of them into docs/import.md: for each ending how
 * many files there are, and what they teach.
 */
const folder = new URL("../test/fixtures/imports/", import.meta.url);
const docs = new URL("../docs/import.md", import.meta.url);

type Count = { files: number; answers: number; leftOut: number; refused: number };

const counts = new Map<string, Count>();
for (const name of (await readdir(folder)).filter((each) => each !== "manifest.json").toSorted()) {
  const bytes = await readFile(new URL(name, folder));
  const ending = name.slice(name.lastIndexOf(".") + 1);
  const count = counts.get(ending) ?? { files: 0, answers: 0, leftOut: 0, refused: 0 };
  counts.set(ending, count);
  count.files += 1;
  try {
    const { items, leftOutCount, problemCount } = await previewFile({ name, bytes });
    count.answers += items.length;
    count.leftOut += leftOutCount;
    if (problemCount > 0) count.refused += 1;
  } catch {
    count.refused += 1;
  }
}

const header = ["ending", "files", "answers", "parts left out", "refused"];
const rows = [...counts]
  .toSorted(([one], [other]) => (one < other ? -1 : 1))
  .map(([ending, count]) => [
    ending,
    ...[count.files, count.answers, count.leftOut, count.refused].map(String),
  ]);
const widths = header.map((name, at) =>
  Math.max(name.length, ...rows.map((row) => row[at]?.length ?? 0)),
);
const line = (cells: readonly string[]): string =>
  `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(" | ")} |`;
const table = [line(header), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)];

const text = await readFile(docs, "utf8");
const start = text.indexOf("| ending");
await writeFile(docs, `${text.slice(0, start)}${table.join("\n")}\n`);
