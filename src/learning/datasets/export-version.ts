import { rm } from "node:fs/promises";
import { join } from "node:path";
import { isoTime, now } from "../../core/clock.ts";
import { ApprenticeError } from "../../core/errors.ts";
import { canaryOf, holdsCanary } from "./canary.ts";
import { splits, type DatasetPlace, type DatasetRow, type Split } from "./dataset.ts";
import { eligibilityOf } from "./eligibility.ts";
import { canaryLine, exportLines, type ExportLine, type ExportTarget } from "./export-targets.ts";
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
  /** The last line of `test.jsonl` says it: nothing that is trained on may hold it. */
  readonly canary: string;
  /** Without the canary's. */
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

/** Where else an export goes, and which parts of the version it holds. */
export type ExportGoal = { readonly folder: string; readonly splits: readonly Split[] };

/** The lines of an export, and what was left out of it. */
export type ExportContent = {
  readonly rowsSha256: string;
  readonly canary: string;
  readonly lines: Readonly<Record<Split, readonly ExportLine[]>>;
  readonly leftOut: Readonly<Record<string, number>>;
};

/** Where the files of an export lie. */
export const exportFolder = (data: string, place: DatasetPlace, target: ExportTarget): string =>
  join(versionFolder(data, place), "exports", target);

/**
 * Writes what of a version may train weights, in a trainer's format: `train.jsonl`,
 * `validation.jsonl` and `test.jsonl` as far as they have lines, `map.jsonl` (which rows each line was
 * made of) and `export.json`. The test lines end with one that holds the dataset's canary. UTF-8, `\n`,
 * no byte order mark. An earlier export is replaced. Throws `dataset-export-empty` when there is
 * nothing to train with.
 */
export async function exportVersion(
  options: ExportOptions,
  place: DatasetPlace,
  target: ExportTarget,
  goal: ExportGoal = { folder: exportFolder(options.data, place, target), splits },
): Promise<ExportReport> {
  const { lines, leftOut, rowsSha256, canary } = await exportContent(options, place, target);
  const present = goal.splits.filter((split) => lines[split].length > 0);
  const count = (split: Split): number => (present.includes(split) ? lines[split].length : 0);
  const report = (files: WrittenFiles): ExportReport => ({
    target,
    name: place.name,
    version: place.version,
    rowsSha256,
    createdAt: isoTime(now()),
    canary,
    lines: { train: count("train"), validation: count("validation"), test: count("test") },
    leftOut,
    files,
  });
  const written = (split: Split): readonly ExportLine[] =>
    split === "test" ? [...lines.test, canaryLine(target, canary)] : lines[split];
  await rm(goal.folder, { recursive: true, force: true });
  const files = await writeFolder(
    goal.folder,
    {
      ...Object.fromEntries(present.map((split) => [`${split}.jsonl`, textOf(written(split))])),
      "map.jsonl": mapOf(present.map((split) => [split, written(split)])),
    },
    {
      name: "export.json",
      content: (files) => `${JSON.stringify(report(files), undefined, 2)}\n`,
    },
  );
  return report(files);
}

/** What an export would hold. Throws `dataset-export-empty`. */
export async function exportContent(
  { data, retracted }: ExportOptions,
  place: DatasetPlace,
  target: ExportTarget,
): Promise<ExportContent> {
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
    else if (holdsCanary(`${row.prompt}\n${row.answer ?? ""}`)) leave("canary");
    else usable.push(row);
  }
  const linesOf = (wanted: Split): readonly ExportLine[] => [
    ...exportLines(
      target,
      usable.filter(({ split }) => split === wanted),
    ),
  ];
  const lines = {
    train: linesOf("train"),
    validation: linesOf("validation"),
    test: linesOf("test"),
  };
  const used = new Set(Object.values(lines).flatMap((part) => part.flatMap(({ rows }) => rows)));
  for (const row of usable.filter(({ id }) => !used.has(id))) leave(unusedReason(target, row));

  if (lines.train.length === 0) {
    const elsewhere = { validation: lines.validation.length, test: lines.test.length };
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
  const canary = canaryOf(manifest.splitSalt, place.name);
  return { rowsSha256: manifest.files[rowsFile]!.sha256, canary, lines, leftOut };
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
