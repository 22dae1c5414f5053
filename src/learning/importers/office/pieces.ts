import type { Cell } from "../cell.ts";

/** A part of a document, in its order. `at` counts paragraphs or pages, from 1. */
export type Piece =
  | { readonly kind: "heading"; readonly at: number; readonly level: number; readonly text: string }
  | {
      readonly kind: "paragraph";
      readonly at: number;
      readonly text: string;
      /** All of it stands out. */
      readonly isStrong: boolean;
    }
  | {
      readonly kind: "item";
      readonly at: number;
      readonly text: string;
      readonly isStrong: boolean;
      /** `-`, or a number with a full stop. */
      readonly mark: string;
      /** How many lists it lies in, without its own. */
      readonly depth: number;
    }
  | { readonly kind: "table"; readonly at: number; readonly rows: readonly (readonly Cell[])[] }
  | { readonly kind: "code"; readonly at: number; readonly text: string }
  /** What is shown when a person opens it: the pieces up to the next `close`. */
  | { readonly kind: "open"; readonly at: number; readonly text: string }
  | { readonly kind: "close"; readonly at: number };
