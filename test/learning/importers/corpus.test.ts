import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { ApprenticeError } from "../../../src/core/errors.ts";
import type { Imported } from "../../../src/learning/importers/importer.ts";
import { placeOf } from "../../../src/learning/importers/place.ts";
import { previewFile } from "../../../src/learning/preview-file.ts";

const folder = new URL("../../fixtures/imports/", import.meta.url);

/** What must come of a file: its answers with their questions before them, or why it is refused. */
type Case = {
  readonly file: string;
  readonly items?: readonly (readonly (string | null)[])[];
  readonly leftOut?: readonly number[];
  readonly problem?: readonly [line: number, key: string];
  /** Where the problem is, as people are told. */
  readonly place?: string;
  readonly error?: string;
};
const cases = JSON.parse(readFileSync(new URL("manifest.json", folder), "utf8")) as Case[];

for (const { file, items, leftOut, problem, place, error } of cases) {
  test(`${file} teaches what it says, or is refused with its reason`, async () => {
    const bytes = readFileSync(new URL(file, folder));
    const read = await previewFile({ name: file, bytes }).catch((thrown: unknown) => thrown);
    if (error !== undefined) {
      assert.ok(read instanceof ApprenticeError);
      assert.equal(read.code, error);
      return;
    }
    if (read instanceof Error) throw read;
    const found = read as Imported;
    const [first] = found.problems;
    assert.deepEqual(first ? [first.line, first.key] : undefined, problem);
    if (place !== undefined) assert.equal(first && placeOf(first, "en"), place);
    assert.deepEqual(
      found.items.map(({ wordings, answer }) => [...wordings, answer]),
      items ?? [],
    );
    assert.deepEqual(
      found.leftOut.map(({ line }) => line),
      leftOut ?? [],
    );
  });
}

test("the manifest names every file of the corpus", () => {
  const files = readdirSync(folder).filter((name) => name !== "manifest.json");
  assert.deepEqual(files.toSorted(), cases.map(({ file }) => file).toSorted());
});

test("docs/import.md counts what each kind of file of the corpus teaches", () => {
  const docs = readFileSync(new URL("../../../docs/import.md", import.meta.url), "utf8");
  for (const ending of new Set(cases.map(({ file }) => file.split(".").at(-1) ?? ""))) {
    const own = cases.filter(({ file }) => file.endsWith(`.${ending}`));
    const count = (list: "items" | "leftOut"): number =>
      own.reduce((sum, each) => sum + (each[list]?.length ?? 0), 0);
    const refused = own.filter((each) => each.problem ?? each.error).length;
    const row = [ending, own.length, count("items"), count("leftOut"), refused];
    const rows = docs.split("\n").map((line) => line.split("|").map((cell) => cell.trim()));
    assert.ok(
      rows.some((cells) => cells.slice(1, 6).join() === row.join()),
      `missing row: ${row.join(" | ")}`,
    );
  }
});
