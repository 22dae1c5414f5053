import type { Label } from "../../core/example.ts";
import { ApprenticeError } from "../../core/errors.ts";
import { say, type Voice } from "../../texts/say.ts";
import { readCsv } from "./csv.ts";
import { decodeWhole } from "./decode.ts";
import type { GuessedEncoding } from "./guess-encoding.ts";
import { documentKindOf } from "./document-kind.ts";
import { formatOf, formatOfName, unknownFormat } from "./format.ts";
import {
  leaveOut,
  problem,
  type Found,
  type Imported,
  type ImportColumns,
  type ImportItem,
  type LeftOut,
  type ImportFormat,
  type ImportProblem,
  type Reader,
  type TextFormat,
} from "./importer.ts";
import { readJson } from "./json.ts";
import { readJsonl } from "./jsonl.ts";
import { itemOf, lessonsOf } from "./lessons.ts";
import { readMd } from "./md.ts";
import { officeLimits } from "./office/limits.ts";
import { readApart } from "./office/read-apart.ts";
import { placeOf } from "./place.ts";
import { readTxt } from "./txt.ts";
import { readYaml } from "./yaml.ts";

/** What one file may hold. */
export const importLimits = { bytes: 50 * 1024 * 1024, rows: 1_000_000 } as const;

/** How much of what is wrong, or left out, is shown of one file. */
export const shownOfFile = { problems: 20, leftOut: 100 } as const;
/** A file with this many mistakes is of another kind: nobody counts them to the end. */
const maxProblems = 1_000;

const readers: Readonly<Record<TextFormat, Reader>> = {
  csv: readCsv,
  jsonl: readJsonl,
  json: (text) => readJson(text),
  txt: readTxt,
  md: readMd,
  yaml: readYaml,
};

/** Rows between two rests, in which other work gets its turn. */
const rowsPerRest = 2_000;

/** A file to read. */
export type ReadFile = {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** It came in an archive beside others: when it holds nothing to learn, such as a readme, it is left out. */
  readonly isAmongOthers?: boolean;
};

export type ReadOptions = {
  /** Without one, the name and the content tell. */
  readonly format?: ImportFormat;
  /** For rows without a label of their own; `positive` by default. */
  readonly label?: Label;
  /** For tables whose first row does not tell. */
  readonly columns?: ImportColumns;
  readonly signal?: AbortSignal;
};

/**
 * Reads the lessons in a file. Mistakes are returned, each with its line; with a single mistake
 * there are no lessons. Throws `attachment-too-large`, `import-format` (the content cannot be told),
 * `import-empty`, `cancelled`, and of documents what `documentKindOf` and `readApart` throw.
 */
export async function readLessons(file: ReadFile, options: ReadOptions = {}): Promise<Imported> {
  refuseLarger(file, importLimits.bytes);
  const source = sourceOf(file, options);
  if ("key" in source) return { ...nothingRead, problems: [source], problemCount: 1 };
  const { encoding } = source;

  const items: ImportItem[] = [];
  const leftOut: LeftOut[] = [];
  let leftOutCount = 0;
  const problems: ImportProblem[] = [];
  let problemCount = 0;
  let rows = 0;
  const note = (found: ImportProblem): void => {
    problemCount += 1;
    if (problems.length < shownOfFile.problems) problems.push(found);
  };
  for await (const found of source.found) {
    rows += 1;
    if (rows % rowsPerRest === 0) await rest(options.signal);
    if (rows > importLimits.rows) {
      note(problem(found.line, "import.too-many-rows", { limit: importLimits.rows }));
      break;
    }
    if ("leftOut" in found) {
      leftOutCount += 1;
      if (leftOut.length < shownOfFile.leftOut) leftOut.push(found);
      continue;
    }
    const judged = "key" in found ? found : itemOf(found, options.label ?? "positive");
    if ("key" in judged) note(found.place ? { ...judged, place: found.place } : judged);
    else if (problemCount === 0) items.push(judged);
    if (problemCount >= maxProblems) break;
  }
  const isEmpty = items.length === 0 && problemCount === 0;
  if (file.isAmongOthers && (isEmpty || isRemark(file.name, items))) {
    const whole = leaveOut(1, "import.left-file", { file: file.name.slice(0, 80) });
    return { ...nothingRead, leftOut: [whole], leftOutCount: 1 };
  }
  if (problemCount > 0) return { ...nothingRead, leftOut, leftOutCount, problems, problemCount };
  if (isEmpty) throw new ApprenticeError("import-empty", { file: file.name });
  const lessons = items.flatMap(lessonsOf);
  return {
    items,
    lessons,
    problems,
    problemCount,
    leftOut,
    leftOutCount,
    ...(encoding && { encoding }),
  };
}

/** What a file holds, and what it was taken to be written in when it does not say so. */
type Source = {
  readonly found: Iterable<Found> | AsyncIterable<Found>;
  readonly encoding?: GuessedEncoding;
};

function sourceOf(
  file: { readonly name: string; readonly bytes: Uint8Array },
  { format: given, columns, signal }: ReadOptions,
): Source | ImportProblem {
  const kind = documentKindOf(file, given);
  if (kind !== undefined) {
    refuseLarger(file, officeLimits.bytes);
    return { found: readApart({ ...file, kind, ...(columns && { columns }) }, signal) };
  }
  const decoded = decodeWhole(file.bytes);
  if ("key" in decoded) {
    // A picture or a program is no damaged text: the place of its first odd byte helps nobody.
    if ((given ?? formatOfName(file.name)) === undefined) throw unknownFormat(file.name);
    return decoded;
  }
  const { text, encoding } = decoded;
  const format = given !== undefined && given in readers ? given : formatOf(file.name, text);
  const read = readers[format as TextFormat] as Reader | undefined;
  if (read === undefined) throw unknownFormat(file.name);
  return { found: read(text, columns), ...(encoding && { encoding }) };
}

function refuseLarger(
  { name, bytes }: { readonly name: string; readonly bytes: Uint8Array },
  most: number,
): void {
  if (bytes.length <= most) return;
  const megabytes = (size: number): number => Math.ceil(size / 1024 / 1024);
  throw new ApprenticeError("attachment-too-large", {
    name,
    size: megabytes(bytes.length),
    limit: megabytes(most),
  });
}

/** Whether a file of an archive tells about the archive: by its name, and as long as it asks nothing. */
const isRemark = (name: string, items: readonly ImportItem[]): boolean =>
  remarkNames.test(name.slice(name.lastIndexOf("/") + 1)) &&
  !items.some(({ wordings }) => wordings.some((wording) => wording.trimEnd().endsWith("?")));

const remarkNames =
  /^(?:read[ _-]?me|licen[cs]e|copying|change[ _-]?log|contributing|notice|прочти|прочитай)/i;

const nothingRead: Imported = {
  items: [],
  lessons: [],
  problems: [],
  problemCount: 0,
  leftOut: [],
  leftOutCount: 0,
};

/** The error that tells a person what to fix in a file, in their voice. */
export function importError(
  file: string,
  imported: Pick<Imported, "problems" | "problemCount">,
  voice: Voice,
): ApprenticeError {
  const shown = imported.problems.map((found) =>
    say(voice, "import.at", {
      place: placeOf(found, voice),
      problem: say(voice, found.key, found.values),
    }),
  );
  const hidden = imported.problemCount - shown.length;
  if (hidden > 0) shown.push(say(voice, "import.more-problems", { count: hidden }));
  return new ApprenticeError("import-invalid", {
    file,
    count: imported.problemCount,
    problems: shown.join("\n"),
  });
}

async function rest(signal: AbortSignal | undefined): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  if (signal?.aborted) throw new ApprenticeError("cancelled", {}, { cause: signal.reason });
}
