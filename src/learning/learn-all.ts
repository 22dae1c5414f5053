import type { Examples } from "../storage/examples.ts";
import type { Recall } from "./recall/recall.ts";
import { asTaught, mismatchAsTaught } from "./taught.ts";

/** Makes wordings ready to be learned. */
export type ReadLessons = (
  workspace: string,
  recall: Recall,
  prompts: readonly string[],
  signal?: AbortSignal,
) => Promise<void>;

/** So many wordings are read together: then progress is told, and others get a turn. */
const readAtOnce = 256;

/** Teaches an empty memory everything that is taught in a workspace. */
export async function learnAll(
  { examples, read }: { readonly examples: Examples; readonly read: ReadLessons },
  workspace: string,
  recall: Recall,
  { signal, progress }: { readonly signal?: AbortSignal; progress?(done: number): void } = {},
): Promise<void> {
  let done = 0;
  for await (const page of examples.active(workspace)) {
    for (let start = 0; start < page.length; start += readAtOnce) {
      const some = page.slice(start, start + readAtOnce);
      await read(
        workspace,
        recall,
        some.map(({ prompt }) => prompt),
        signal,
      );
      progress?.((done += some.length));
    }
    recall.apply({ add: page.map(asTaught), remove: [] });
  }
  const mismatches = await examples.mismatches(workspace);
  await read(
    workspace,
    recall,
    mismatches.map(({ prompt }) => prompt),
    signal,
  );
  recall.apply({ add: mismatches.map(mismatchAsTaught), remove: [] });
}
