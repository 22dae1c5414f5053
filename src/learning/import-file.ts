import type { Label } from "../core/example.ts";
import type { Voice } from "../texts/say.ts";
import { refuseTestRows } from "./datasets/canary.ts";
import type { ImportFormat, Imported } from "./importers/importer.ts";
import { importError, readLessons } from "./importers/read.ts";
import type { Receipt, Teacher, Teaching } from "./teaching.ts";

/** A file that people want to teach from. */
export type KnowledgeFile = {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly label?: Label;
  readonly format?: ImportFormat;
};

/** What a knowledge file holds, without teaching it. Throws as `readLessons` does, and `import-test-rows`. */
export async function previewFile(
  { name, bytes, label, format }: KnowledgeFile,
  signal?: AbortSignal,
): Promise<Imported> {
  const given = { ...(label && { label }), ...(format && { format }), ...(signal && { signal }) };
  const imported = await readLessons({ name, bytes }, given);
  refuseTestRows(name, imported.lessons);
  return imported;
}

/** Teaches a whole knowledge file or nothing of it. Throws `import-format`, `import-invalid`, `import-empty`. */
export async function importFile(
  teaching: Teaching,
  teacher: Teacher,
  file: KnowledgeFile,
  options: {
    readonly voice: Voice;
    readonly signal?: AbortSignal;
    readonly progress?: (done: number, total: number) => void;
  },
): Promise<Receipt> {
  const imported = await previewFile(file, options.signal);
  if (imported.problemCount > 0) throw importError(file.name, imported, options.voice);
  const { lessons } = imported;
  const { signal, progress } = options;
  return teaching.importLessons(teacher, lessons, {
    ...(signal && { signal }),
    ...(progress && { progress: (done: number) => progress(done, lessons.length) }),
  });
}
