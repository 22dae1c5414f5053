import { createHash } from "node:crypto";
import type { Example } from "../../core/example.ts";
import type { Examples } from "../../storage/examples.ts";
import { createPace } from "../evaluation/pace.ts";
import type { TestItem } from "../evaluation/test-item.ts";
import type { Recall } from "../recall/recall.ts";

/** What must stay as it is whatever is promoted. */
export type StandingCases = {
  /** Every correction that stands. */
  readonly corrections: readonly TestItem[];
  /** Taught questions with other answers: the nearest to each correction first, then a sample. */
  readonly nearMisses: readonly TestItem[];
};

const mostNearMisses = 200;
const nearestOfEach = 3;

/**
 * Reads them from what was taught in a workspace: the same ones as long as nothing is taught. Throws
 * `cancelled`.
 */
export async function findCases(
  examples: Pick<Examples, "active" | "versions">,
  workspace: string,
  recall: Pick<Recall, "recollect">,
  signal?: AbortSignal,
): Promise<StandingCases> {
  const corrections: TestItem[] = [];
  const taught: { readonly rank: string; readonly item: TestItem }[] = [];
  for await (const page of examples.active(workspace)) {
    const versions = await examples.versions(page.flatMap(({ answerId }) => answerId ?? []));
    for (const example of page) {
      if (example.label === "negative") continue;
      const version = versions.get(example.answerId ?? "")?.number ?? 1;
      if (example.source === "corrected" || version > 1) corrections.push(asItem(example));
      else taught.push({ rank: rankOf(example.id), item: asItem(example) });
    }
    taught.sort((first, second) => (first.rank < second.rank ? -1 : 1)).splice(mostNearMisses);
  }
  const near = new Map<string, TestItem>();
  const pace = createPace(signal);
  for (const { prompt, expected } of corrections) {
    if (near.size >= mostNearMisses) break;
    if (pace.due()) await pace.rest();
    const neighbours = recall
      .recollect(prompt)
      .hints.filter(({ label, answer }) => label === "positive" && answer !== expected);
    for (const hint of neighbours.slice(0, nearestOfEach)) near.set(hint.prompt, asItem(hint));
  }
  for (const { item } of taught) {
    if (near.size >= mostNearMisses) break;
    if (!near.has(item.prompt)) near.set(item.prompt, item);
  }
  const corrected = new Set(corrections.map(({ prompt }) => prompt));
  const nearMisses = [...near.values()].filter(({ prompt }) => !corrected.has(prompt));
  return { corrections, nearMisses };
}

const asItem = ({ prompt, answer }: Pick<Example, "prompt" | "answer">): TestItem => ({
  prompt,
  expected: answer,
  label: "positive",
});

/** Chance that is the same every time. */
const rankOf = (id: string): string => createHash("sha256").update(id).digest("hex").slice(0, 16);
