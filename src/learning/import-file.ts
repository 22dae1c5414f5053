import type { Job, JobPlace } from "../core/job.ts";
import type { Library } from "../storage/library.ts";
import type { Voice } from "../texts/say.ts";
import { importJob, longImport } from "./import-work.ts";
import { importError } from "./importers/read.ts";
import { keepOne } from "./incoming-files.ts";
import type { Jobs } from "./jobs/jobs.ts";
import { previewFile, type KnowledgeFile } from "./preview-file.ts";
import type { Receipt, Teacher, Teaching } from "./teaching.ts";

export type ImportParts = {
  readonly teaching: Pick<Teaching, "importLessons">;
  readonly library: Library;
  readonly jobs: Pick<Jobs, "start">;
};

/** What was taught, or the job that teaches it. */
export type ImportBegun = { readonly receipt: Receipt } | { readonly job: Job };

/**
 * Teaches a whole knowledge file or nothing of it; a long one as a job. Throws `import-format`,
 * `import-invalid`, `import-empty`, and `library-quota` for a long one that has no room to wait in.
 */
export async function importFile(
  { teaching, library, jobs }: ImportParts,
  teacher: Teacher,
  file: KnowledgeFile,
  options: {
    readonly voice: Voice;
    /** Where a job is started from. */
    readonly place: JobPlace;
    readonly signal?: AbortSignal;
    readonly progress?: (done: number, total: number) => void;
  },
): Promise<ImportBegun> {
  const { signal, progress, voice, place } = options;
  const imported = await previewFile(file, signal);
  if (imported.problemCount > 0) throw importError(file.name, imported, voice);
  const { lessons } = imported;
  if (lessons.length <= longImport) {
    const receipt = await teaching.importLessons(teacher, lessons, {
      source: file.name,
      ...(file.takeFile && { takeFile: true }),
      ...(file.prune && { prune: true }),
      ...(signal && { signal }),
      ...(progress && { progress: (done: number) => progress(done, lessons.length) }),
    });
    return { receipt };
  }
  const { workspace, ...who } = teacher;
  const { name: what, label = "positive", format = null, columns = null } = file;
  const path = await keepOne(file, { library, workspace });
  const task = { what, path, label, format, columns, teacher: who, voice };
  const { id: person } = teacher.person;
  return { job: await jobs.start(importJob(task, { workspace, person, place })) };
}
