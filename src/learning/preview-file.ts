import type { Label } from "../core/example.ts";
import { refuseTestRows } from "./datasets/canary.ts";
import type { ImportColumns, ImportFormat, Imported } from "./importers/importer.ts";
import { readLessons } from "./importers/read.ts";

/** A file that people want to teach from. */
export type KnowledgeFile = {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly label?: Label;
  readonly format?: ImportFormat;
  readonly columns?: ImportColumns;
  /** Lets the file replace what was corrected here. */
  readonly takeFile?: boolean;
  /** Retires what is no longer in the file. */
  readonly prune?: boolean;
};

/** What a knowledge file holds, without teaching it. Throws as `readLessons` does, and `import-test-rows`. */
export async function previewFile(
  { name, bytes, label, format, columns }: KnowledgeFile,
  signal?: AbortSignal,
): Promise<Imported> {
  const given = {
    ...(label && { label }),
    ...(format && { format }),
    ...(columns && { columns }),
    ...(signal && { signal }),
  };
  const imported = await readLessons({ name, bytes }, given);
  refuseTestRows(name, imported.lessons);
  return imported;
}
