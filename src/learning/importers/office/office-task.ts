import type { ErrorCode } from "../../../core/errors.ts";
import type { Found } from "../importer.ts";
import type { DocumentFile } from "./read-document.ts";

/** What the thread that reads a document is given. */
export type OfficeTask = DocumentFile;

/** What it answers each time it is asked to go on. */
export type OfficeNews =
  | { readonly kind: "found"; readonly found: readonly Found[] }
  | { readonly kind: "end" }
  | {
      readonly kind: "failed";
      readonly code: ErrorCode;
      readonly values: Readonly<Record<string, string | number>>;
    };

/** Rows for each answer. */
export const rowsAtOnce = 1_000;
