import type { DatasetRow } from "./dataset.ts";
import { preferencePairs } from "./preference-pairs.ts";

/** The formats that trainers read. */
export const exportTargets = ["openai-sft", "openai-dpo", "trl-sft", "trl-dpo", "trl-kto"] as const;
export type ExportTarget = (typeof exportTargets)[number];

/** One line of an export and the rows it was made of. */
export type ExportLine = { readonly line: string; readonly rows: readonly string[] };

type Row = Pick<DatasetRow, "id" | "prompt" | "answer" | "label">;

/**
 * The lines for a target, with nothing in them that the target does not ask for. Formats:
 * https://platform.openai.com/docs/guides/fine-tuning, https://huggingface.co/docs/trl/dataset_formats
 */
export function* exportLines(target: ExportTarget, rows: readonly Row[]): Generator<ExportLine> {
  switch (target) {
    case "openai-sft":
    case "trl-sft":
      for (const row of rows) {
        if (row.label === "negative" || row.answer === null) continue;
        const [prompt, completion] = [user(row.prompt), assistant(row.answer)];
        yield made(
          target === "trl-sft" ? { prompt, completion } : { messages: [...prompt, ...completion] },
          row,
        );
      }
      return;
    case "openai-dpo":
    case "trl-dpo":
      for (const { chosen, rejected } of preferencePairs(rows)) {
        const prompt = user(chosen.prompt);
        const [better, worse] = [assistant(chosen.answer!), assistant(rejected.answer!)];
        yield made(
          target === "trl-dpo"
            ? { prompt, chosen: better, rejected: worse }
            : {
                input: { messages: prompt },
                preferred_output: better,
                non_preferred_output: worse,
              },
          chosen,
          rejected,
        );
      }
      return;
    case "trl-kto":
      for (const row of rows) {
        if (row.answer === null) continue;
        const label = row.label === "positive";
        yield made({ prompt: user(row.prompt), completion: assistant(row.answer), label }, row);
      }
  }
}

/** The line that marks test rows: it says the canary wherever the target has words, and is of no row. */
export function canaryLine(target: ExportTarget, canary: string): ExportLine {
  const row = { id: "canary", prompt: canary, answer: canary, label: "positive" } as const;
  const pair = [row, { ...row, answer: `${canary}.`, label: "negative" }] as const;
  const [line] = exportLines(target, target.endsWith("-dpo") ? pair : [row]);
  return { line: line!.line, rows: [] };
}

const user = (content: string) => [{ role: "user", content }];
const assistant = (content: string) => [{ role: "assistant", content }];

/** Some readers end a line at these too, and JSON may say them either way. */
const lineEnds = /[\u0085\u2028\u2029]/g;

const made = (value: object, ...rows: readonly Row[]): ExportLine => ({
  line: JSON.stringify(value).replaceAll(
    lineEnds,
    (end) => `\\u${end.charCodeAt(0).toString(16).padStart(4, "0")}`,
  ),
  rows: rows.map((row) => row.id),
});
