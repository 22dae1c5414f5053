import { promptKey } from "../../storage/prompt-key.ts";
import type { DatasetPlace, DatasetRow } from "./dataset.ts";
import { readVersionRows } from "./versions.ts";

/** A row in short. */
type Shown = Pick<DatasetRow, "id" | "prompt" | "answer" | "label">;

/** What is different in `to`, compared with `from`. */
export type Difference = {
  readonly added: readonly Shown[];
  readonly removed: readonly Shown[];
  /** The same prompt and label with another answer. */
  readonly changed: readonly { readonly from: Shown; readonly to: Shown }[];
};

/** Compares two versions of a dataset row by row. Throws as `readVersionRows` does. */
export async function differenceOf(
  data: string,
  from: DatasetPlace,
  to: DatasetPlace,
): Promise<Difference> {
  const gone = new Map<string, Shown>();
  for await (const row of readVersionRows(data, from)) gone.set(row.id, shown(row));
  const fresh: Shown[] = [];
  for await (const row of readVersionRows(data, to)) {
    if (!gone.delete(row.id)) fresh.push(shown(row));
  }
  const goneByPrompt = Map.groupBy(gone.values(), sameQuestion);
  const added: Shown[] = [];
  const changed: { from: Shown; to: Shown }[] = [];
  for (const row of fresh) {
    const earlier = goneByPrompt.get(sameQuestion(row))?.shift();
    if (!earlier) {
      added.push(row);
      continue;
    }
    changed.push({ from: earlier, to: row });
    gone.delete(earlier.id);
  }
  return { added, removed: [...gone.values()], changed };
}

const sameQuestion = (row: Shown): string => `${row.label} ${promptKey(row.prompt)}`;

const shown = ({ id, prompt, answer, label }: DatasetRow): Shown => ({ id, prompt, answer, label });
