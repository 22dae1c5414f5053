import type { Label } from "../core/example.ts";
import type { Voice } from "../texts/say.ts";
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

/** What a knowledge file holds, without teaching it. Throws `import-format`. */
export const previewFile = async ({
  name,
  bytes,
  label,
  format,
}: KnowledgeFile): Promise<Imported> =>
  readLessons({ name, bytes }, { ...(label && { label }), ...(format && { format }) });

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
  const imported = await previewFile(file);
  if (imported.problemCount > 0) throw importError(file.name, imported, options.voice);
  const { lessons } = imported;
  const { signal, progress } = options;
  return teaching.importLessons(teacher, lessons, {
    ...(signal && { signal }),
    ...(progress && { progress: (done: number) => progress(done, lessons.length) }),
  });
}
