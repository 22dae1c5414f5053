import type { Examples } from "../storage/examples.ts";

/** The active examples of a workspace as JSONL, in the order they were taught: a line per piece. */
export async function* exportExamples(
  examples: Examples,
  workspace: string,
): AsyncGenerator<string> {
  for await (const page of examples.active(workspace)) {
    for (const { prompt, answer, label, tags } of page) {
      yield `${JSON.stringify({ prompt, answer, label, ...(tags.length > 0 && { tags }) })}\n`;
    }
  }
}
