import type { Label } from "../core/example.ts";
import { ApprenticeError } from "../core/errors.ts";
import { refuseTestRows } from "./datasets/canary.ts";
import { isZip, unpacked } from "./datasets/library-files.ts";
import type { ImportColumns, ImportFormat, Imported } from "./importers/importer.ts";
import { readLessons, shownOfFile, type ReadFile } from "./importers/read.ts";

/** A file that people want to teach from. */
export type KnowledgeFile = ReadFile & {
  readonly label?: Label;
  readonly format?: ImportFormat;
  readonly columns?: ImportColumns;
  /** Lets the file replace what was corrected here. */
  readonly takeFile?: boolean;
  /** Retires what is no longer in the file. */
  readonly prune?: boolean;
};

/**
 * What a knowledge file holds, without teaching it; of a zip, all that is in it. Throws as `readLessons` and
 * `unpacked` do, and `import-test-rows`.
 */
export async function previewFile(file: KnowledgeFile, signal?: AbortSignal): Promise<Imported> {
  if (isZip(file.name)) return previewArchive(file, signal);
  const { name, bytes, isAmongOthers, label, format, columns } = file;
  const given = {
    ...(label && { label }),
    ...(format && { format }),
    ...(columns && { columns }),
    ...(signal && { signal }),
  };
  const source = { name, bytes, ...(isAmongOthers && { isAmongOthers }) };
  const imported = await readLessons(source, given);
  refuseTestRows(name, imported.lessons);
  return imported;
}

async function previewArchive(file: KnowledgeFile, signal?: AbortSignal): Promise<Imported> {
  const members = await unpacked([file]);
  const read: Imported[] = [];
  for (const member of members)
    read.push(inside(member.name, await previewFile({ ...file, ...member }, signal)));
  const problemCount = read.reduce((sum, each) => sum + each.problemCount, 0);
  const isRefused = problemCount > 0;
  const items = isRefused ? [] : read.flatMap((each) => each.items);
  if (!isRefused && items.length === 0)
    throw new ApprenticeError("import-empty", { file: file.name });
  const encoding = read.find((each) => each.encoding !== undefined)?.encoding;
  return {
    items,
    lessons: isRefused ? [] : read.flatMap((each) => each.lessons),
    problems: read.flatMap(({ problems }) => problems).slice(0, shownOfFile.problems),
    problemCount,
    leftOut: read.flatMap(({ leftOut }) => leftOut).slice(0, shownOfFile.leftOut),
    leftOutCount: read.reduce((sum, each) => sum + each.leftOutCount, 0),
    ...(encoding && { encoding }),
  };
}

/** What was found in one file of an archive, with its name at each place. */
function inside(file: string, imported: Imported): Imported {
  const { problems, leftOut } = imported;
  return {
    ...imported,
    // Columns that are named count for all files, so nobody is asked for those of one.
    problems: problems.map(({ columns: _columns, ...each }) => ({
      ...each,
      place: { unit: "line", ...each.place, file },
    })),
    leftOut: leftOut.map((each) => ({ ...each, place: { unit: "line", ...each.place, file } })),
  };
}
