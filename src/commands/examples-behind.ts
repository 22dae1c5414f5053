import type { Example } from "../core/example.ts";
import type { Turn } from "../core/turn.ts";
import type { CommandContext } from "./context.ts";

/** What shaped an answer: a taught example, or a row that only the live model's dataset holds. */
export type ExampleBehind = Pick<
  Example,
  "id" | "prompt" | "answer" | "label" | "author" | "createdAt"
> & { readonly source: string; readonly status: Example["status"] | null };

/** The examples that shaped an answer, as far as they can still be found. */
export async function examplesBehind(
  { workspace, exampleIds, modelVersion }: Turn,
  { examples, datasets, registry }: Pick<CommandContext, "examples" | "datasets" | "registry">,
): Promise<readonly ExampleBehind[]> {
  const found: ExampleBehind[] = [];
  for (const id of exampleIds) {
    const example = await examples.find(workspace, id);
    if (example) found.push(example);
    else found.push(...(await rowOf(id)));
  }
  return found;

  /** A row of the dataset that `v3` of `v3+recall@7` was trained on. */
  async function rowOf(id: string): Promise<readonly ExampleBehind[]> {
    const number = /^v(\d+)\+/.exec(modelVersion)?.[1];
    if (number === undefined) return [];
    const { dataset } = await registry.find(workspace, number);
    const place = { workspace, name: dataset.name, version: dataset.version };
    const row = await datasets.row(place, id);
    if (!row) return [];
    const author = `${dataset.name} v${dataset.version}`;
    return [{ ...row, author, createdAt: row.at, status: null }];
  }
}
