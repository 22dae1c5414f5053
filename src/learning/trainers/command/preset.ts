import type { TrainingMethod } from "../../../core/model-version.ts";
import type { ExportTarget } from "../../datasets/export-targets.ts";
import type { TrainingSettings } from "../trainer.ts";
import type { RowShape } from "./reshape.ts";

/**
 * JSON with blanks. A text that is nothing but a blank becomes its value, a number too; a blank
 * without a value takes its key or item with it.
 */
export type Template =
  | string
  | number
  | boolean
  | null
  | readonly Template[]
  | { readonly [key: string]: Template };

/** How one training program is started: data, written by operators or by us, never by chat. */
export type Preset = {
  readonly name: string;
  /** The program and its arguments, with blanks; never a line for a shell. */
  readonly command: readonly string[];
  /** The program's configuration, written as `config.yaml`. */
  readonly config?: Template;
  /** More of it where there are rows to validate with. */
  readonly validationConfig?: Template;
  readonly methods: Partial<Readonly<Record<TrainingMethod, PresetMethod>>>;
  /** What is used where nobody said anything. */
  readonly defaults: TrainingSettings;
};

export type PresetMethod = {
  readonly target: ExportTarget;
  /** How rows are said differently for this program. */
  readonly shape?: RowShape;
  /** More configuration for this method. */
  readonly config?: Template;
  readonly validationConfig?: Template;
  /** Further JSON files, by their path in the job's folder. */
  readonly files?: Readonly<Record<string, Template>>;
};

/** What blanks can be filled with. `{node}` is the program that runs Apprentice. */
export const blanks = [
  "folder",
  "config",
  "spec",
  "data",
  "train",
  "validation",
  "output",
  "progress",
  "model",
  "method",
  "epochs",
  "batchSize",
  "learningRate",
  "beta",
  "seed",
  "node",
] as const;
export type BlankValues = Partial<Readonly<Record<(typeof blanks)[number], string | number>>>;

/** The program that a preset starts. */
export const programOf = ({ command }: Preset): string =>
  (command[0] ?? "").replace("{node}", process.execPath);
