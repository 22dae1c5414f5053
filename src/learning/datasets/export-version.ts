import { rm } from "node:fs/promises";
import { join } from "node:path";
import { isoTime, now } from "../../core/clock.ts";
import { ApprenticeError } from "../../core/errors.ts";
import { splits, type DatasetPlace, type DatasetRow, type Split } from "./dataset.ts";
import { eligibilityOf } from "./eligibility.ts";
import { exportLines, type ExportLine, type ExportTarget } from "./export-targets.ts";
import { privateData } from "./private-data.ts";
import { readManifest, readVersionRows, rowsFile, versionFolder } from "./versions.ts";
import { writeFolder, type WrittenFiles } from "./write-version.ts";

/** What an export holds and what it left out: `export.json`. */
export type ExportReport = {
  readonly target: ExportTarget;
  readonly name: string;
  readonly version: number;
  /** Of the version's `rows.jsonl`. */
  readonly rowsSha256: string;
  readonly createdAt: string;
  readonly lines: Readonly<Record<Split, number>>;
  /** Rows that are in no line, by reason. */
  readonly leftOut: Readonly<Record<string, number>>;
  readonly files: WrittenFiles;
};

export type ExportOptions = {
  /** The data folder. */
  readonly data: string;
  /** Rows that must no longer be used. */
  readonly retracted: ReadonlySet<string>;
};

/** Where the files of an export lie. */
export const exportFolder = (data: string, place: DatasetPlace, target: ExportTarget): string =>
  join(versionFolder(data, place), "exports", target);

/**
 * Writes what of a version may train weights, in a trainer's format: `train.jsonl`,
 * `validation.jsonl` and `test.jsonl` as far as they have lines, `map.jsonl` (which rows each line was
 * made of) and `export.json`. UTF-8, `\n`, no byte order mark. An earlier export is replaced. Throws
 * `dataset-export-empty` when there is nothing to train with.
 */
export async function exportVersion(
  { data, retracted }: ExportOptions,
  place: DatasetPlace,
  target: ExportTarget,
): Promise<ExportReport> {
  const manifest = await readManifest(data, place);
  const leftOut: Record<string, number> = {};
  const leave = (reason: string) => {
    leftOut[reason] = (leftOut[reason] ?? 0) + 1;
  };
  const usable: DatasetRow[] = [];
  for await (const row of readVersionRows(data, place)) {
    const eligibility = eligibilityOf(row, manifest.attestation);
    const kinds = privateData(`${row.prompt}\n${row.answer ?? ""}`);
    if (retracted.has(row.id)) leave("retracted");
    else if (eligibility !== "allowed") leave(eligibility);
    else if (kinds.includes("secret")) leave("secret");
    else if (kinds.includes("card")) leave("card");
    else usable.push(row);
  }
  const linesOf = Object.fromEntries(
    splits.map((split) => [
      split,
      [
        ...exportLines(
          target,
          usable.filter((row) => row.split === split),
        ),
      ],
    ]),
  ) as Record<Split, ExportLine[]>;
  const used = new Set(
    Object.values(linesOf).flatMap((lines) => lines.flatMap(({ rows }) => rows)),
  );
  for (const row of usable.filter(({ id }) => !used.has(id))) leave(unusedReason(target, row));

  if (linesOf.train.length === 0) {
    const elsewhere = { validation: linesOf.validation.length, test: linesOf.test.length };
    const reasons = Object.entries({ ...leftOut, ...elsewhere })
      .filter(([, count]) => count > 0)
      .map(([reason, count]) => `${reason}: ${count}`);
    throw new ApprenticeError("dataset-export-empty", {
      name: place.name,
      version: place.version,
      target,
      reasons: reasons.join(", "),
    });
  }
  const report = (files: WrittenFiles): ExportReport => ({
    target,
    name: place.name,
    version: place.version,
    rowsSha256: manifest.files[rowsFile]!.sha256,
    createdAt: isoTime(now()),
    lines: {
      train: linesOf.train.length,
      validation: linesOf.validation.length,
      test: linesOf.test.length,
    },
    leftOut,
    files,
  });
  const present = splits.filter((split) => linesOf[split].length > 0);
  const folder = exportFolder(data, place, target);
  await rm(folder, { recursive: true, force: true });
  const written = await writeFolder(
    folder,
    {
      ...Object.fromEntries(present.map((split) => [`${split}.jsonl`, textOf(linesOf[split])])),
      "map.jsonl": mapOf(present.map((split) => [split, linesOf[split]])),
    },
    {
      name: "export.json",
      content: (files) => `${JSON.stringify(report(files), undefined, 2)}\n`,
    },
  );
  return report(written);
}

/** Why a row that might be used is in no line. */
function unusedReason(target: ExportTarget, row: DatasetRow): string {
  if (row.answer === null) return "no-answer";
  if (target.endsWith("-dpo")) return "no-pair";
  return row.label === "negative" ? "negative-unused" : "unused";
}

function* textOf(lines: readonly ExportLine[]): Generator<string> {
  for (const { line } of lines) yield `${line}\n`;
}

function* mapOf(parts: readonly (readonly [Split, readonly ExportLine[]])[]): Generator<string> {
  for (const [split, lines] of parts) {
    for (const [index, { rows }] of lines.entries()) {
      yield `${JSON.stringify({ file: `${split}.jsonl`, line: index + 1, rows })}\n`;
    }
  }
}
