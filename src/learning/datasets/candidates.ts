import { createHash, createHmac } from "node:crypto";
import { ApprenticeError } from "../../core/errors.ts";
import type { Example, Label, Origin } from "../../core/example.ts";
import type { CurrentVersion } from "../../storage/answers.ts";
import type { Examples } from "../../storage/examples.ts";
import type { Voice } from "../../texts/say.ts";
import type { Imported } from "../importers/importer.ts";
import { importError, readLessons, type ReadFile } from "../importers/read.ts";
import { promptLanguage } from "../lesson-rules.ts";
import { refuseTestRows } from "./canary.ts";
import type { CandidateRow } from "./dataset.ts";

/** A file that a dataset is made from. */
export type SourceFile = ReadFile;

/** The same name for the same person in all versions of a workspace, and no way back to the person. */
export const pseudonym = (salt: string, person: string): string =>
  `p_${createHmac("sha256", salt).update(person).digest("hex").slice(0, 16)}`;

/** Everything taught in a workspace that stands. */
export async function taughtRows(
  examples: Examples,
  workspace: string,
  salt: string,
): Promise<readonly CandidateRow[]> {
  const rows: CandidateRow[] = [];
  for await (const page of examples.active(workspace)) {
    const versions = await examples.versions(page.flatMap(({ answerId }) => answerId ?? []));
    for (const example of page) {
      const version = versions.get(example.answerId ?? "");
      rows.push({
        id: example.id,
        prompt: example.prompt,
        answer: example.answer,
        label: example.label,
        language: example.language,
        tags: example.tags,
        source: example.source,
        ...saidBy(example, version),
        author: pseudonym(salt, example.author),
        at: example.createdAt,
        ...(version && { answerId: version.answerId, answerVersion: version.number }),
        ...(example.reach === "exact" && { reach: "exact" }),
      });
    }
  }
  return rows;
}

/**
 * Where the words of a row come from, and whose leave there is. When somebody else wrote the answer by now,
 * both have to agree, and the stricter origin counts.
 */
function saidBy(
  { origin, consent, author }: Example,
  version: CurrentVersion | undefined,
): Pick<CandidateRow, "origin" | "consent"> {
  if (!version || version.author === author) return { origin, consent };
  const isFree = (from: string) => from === "console" || from === "cli" || from === "file";
  if (isFree(version.origin)) return { origin, consent };
  if (isFree(origin)) return { origin: version.origin, consent: version.consent };
  return { origin: version.origin, consent: consent && version.consent };
}

export type FileReading = {
  /** For rows that say none themselves. Without it, a file with such rows is refused. */
  readonly label?: Label;
  readonly origin: Origin;
  /** Already a pseudonym. */
  readonly author: string;
  readonly at: number;
  readonly voice: Voice;
  readonly signal?: AbortSignal;
};

/**
 * The rows of files, all or none. Throws `dataset-label-unclear`, `import-invalid`, `import-format`,
 * `import-empty`, `import-test-rows`, `attachment-too-large` and `cancelled`.
 */
export async function fileRows(
  files: readonly SourceFile[],
  reading: FileReading,
): Promise<readonly CandidateRow[]> {
  const rows: CandidateRow[] = [];
  for (const file of files) {
    const { lessons } = await lessonsOf(file, reading);
    for (const { prompt, answer, label, tags = [] } of lessons) {
      rows.push({
        id: contentId(label, prompt, answer),
        prompt,
        answer,
        label,
        language: promptLanguage(prompt),
        tags,
        source: "file",
        origin: reading.origin,
        author: reading.author,
        consent: null,
        at: reading.at,
      });
    }
  }
  return rows;
}

async function lessonsOf(file: SourceFile, reading: FileReading): Promise<Imported> {
  const read = async (label: Label): Promise<Imported> => {
    const { signal } = reading;
    const imported = await readLessons(file, { label, ...(signal && { signal }) });
    if (imported.problemCount > 0) throw importError(file.name, imported, reading.voice);
    refuseTestRows(file.name, imported.lessons);
    return imported;
  };
  if (reading.label !== undefined) return read(reading.label);
  const imported = await read("positive");
  // Every row has a label of its own when another one for the rest changes nothing.
  const { lessons } = await readLessons(file, { label: "negative" });
  const isClear =
    lessons.length > 0 &&
    imported.lessons.every(({ label }, index) => lessons[index]?.label === label);
  if (!isClear) throw new ApprenticeError("dataset-label-unclear");
  return imported;
}

const contentId = (label: Label, prompt: string, answer: string | null): string =>
  `f_${createHash("sha256")
    .update(JSON.stringify([label, prompt, answer]))
    .digest("hex")
    .slice(0, 24)}`;
