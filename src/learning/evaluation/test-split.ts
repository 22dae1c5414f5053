import { ApprenticeError } from "../../core/errors.ts";
import { listDatasets, listVersions, readVersionRows } from "../datasets/versions.ts";
import { nearest } from "../../core/nearest.ts";
import type { TestItem } from "./test-item.ts";

/**
 * The test part of a dataset's newest version, or of the version in `name@version`, without what was
 * retracted since. Throws
 * `dataset-missing`, `dataset-version-missing`, `dataset-damaged`, `test-empty`.
 */
export async function readTestSplit(
  { folder, retracted }: { folder: string; retracted: ReadonlySet<string> },
  workspace: string,
  dataset: string,
): Promise<{ readonly what: string; readonly items: readonly TestItem[] }> {
  const [, name = dataset, wanted] = /^(.+)@(\d{1,9})$/u.exec(dataset) ?? [];
  const names = await listDatasets(folder, workspace);
  if (!names.includes(name.normalize("NFC"))) {
    throw new ApprenticeError("dataset-missing", { name, nearest: nearest(name, names) ?? "" });
  }
  const version = wanted ? Number(wanted) : (await listVersions(folder, workspace, name)).at(-1);
  const what = `${name}@${version ?? 1}`;
  const place = { workspace, name, version: version ?? 1 };
  const items: TestItem[] = [];
  for await (const { id, prompt, answer, label } of readVersionRows(folder, place, "test")) {
    if (!retracted.has(id)) items.push({ prompt, expected: answer, label });
  }
  if (items.length === 0) throw new ApprenticeError("test-empty", { file: what });
  return { what, items };
}
