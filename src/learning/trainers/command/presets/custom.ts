import type { ExportTarget } from "../../../datasets/export-targets.ts";
import type { Preset } from "../preset.ts";

/** The operator's own program; all it is told stands in `spec.json`. */
export function customPreset(command: readonly string[], format: ExportTarget): Preset {
  const method = format.split("-")[1] as "sft" | "dpo" | "kto";
  return { name: "custom", command, methods: { [method]: { target: format } }, defaults: {} };
}
