import { ApprenticeError } from "../../core/errors.ts";
import type { DatasetPlace } from "../datasets/dataset.ts";
import { readVersionRows } from "../datasets/versions.ts";
import type { TestItem } from "../evaluation/test-item.ts";
import { promptKey } from "../../storage/prompt-key.ts";
import type { Recall, Taught } from "../recall/recall.ts";

/** The test split of a dataset version: what no training may have seen. */
export type HeldOut = {
  /** `name@version`. */
  readonly what: string;
  readonly items: readonly TestItem[];
  /** Whether a row is one of them, or asks the very same. */
  includes(row: Pick<Taught, "id" | "prompt">): boolean;
  readonly ids: ReadonlySet<string>;
};

/**
 * Reads a test split; rows that were retracted are not asked, yet still must not have been seen. Throws
 * `test-empty` and what reading the version throws.
 */
export async function readHeldOut(
  data: string,
  place: DatasetPlace,
  retracted: ReadonlySet<string>,
): Promise<HeldOut> {
  const ids = new Set<string>();
  const keys = new Set<string>();
  const items: TestItem[] = [];
  for await (const { id, prompt, answer, label } of readVersionRows(data, place, "test")) {
    ids.add(id);
    keys.add(promptKey(prompt));
    if (!retracted.has(id)) items.push({ prompt, expected: answer, label });
  }
  const what = `${place.name}@${place.version}`;
  if (items.length === 0) throw new ApprenticeError("test-empty", { file: what });
  const includes = ({ id, prompt }: Pick<Taught, "id" | "prompt">) =>
    ids.has(id) || keys.has(promptKey(prompt));
  return { what, items, includes, ids };
}

/** The instant memory as it would be had the held-out questions never been taught. */
export function withoutHeldOut(
  recall: Recall,
  { items, ids }: HeldOut,
  restoreRecall: (snapshot: Uint8Array) => Recall,
): Recall {
  const remove = new Set(ids);
  let taught = 0;
  for (const { prompt } of items) {
    for (const id of recall.taughtAt(prompt)) {
      taught += 1;
      remove.add(id);
    }
  }
  if (taught === 0) return recall;
  const copy = restoreRecall(recall.snapshot());
  copy.apply({ add: [], remove: [...remove] });
  return copy;
}
