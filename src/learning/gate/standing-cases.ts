import type { TestItem } from "../evaluation/test-item.ts";
import type { LiveModel } from "../live/live-models.ts";
import type { Memories } from "../memories.ts";
import { askBoth, type Both } from "./ask-both.ts";
import { findCases } from "./cases.ts";
import type { SuiteEvidence } from "./evidence.ts";
import type { Examined } from "./examined.ts";
import { liveSide, predictorOf, versionSide, type SideParts } from "./sides.ts";
import { mostThroughModel } from "./test-both.ts";
import { mistyped, politely } from "./variants.ts";

export type StandingEvidence = {
  readonly taught: { readonly verbatim: SuiteEvidence; readonly variants: SuiteEvidence };
  readonly nearMisses: SuiteEvidence;
};

/** What was taught, asked of the candidate and of what answers now as people would be answered. */
export async function askStandingCases(
  parts: SideParts & { readonly memories: Pick<Memories, "of"> },
  { candidate, signal }: Examined,
  live: LiveModel | undefined,
): Promise<StandingEvidence> {
  const { workspace } = candidate;
  const recall = await parts.memories.of(workspace);
  const { corrections, nearMisses } = await findCases(parts.examples, workspace, recall, signal);
  const side = await versionSide(parts, candidate, recall);
  const baseline = await liveSide(parts, live, recall);
  const both: Both = {
    candidate: await predictorOf(parts, workspace, side),
    baseline: await predictorOf(parts, workspace, baseline),
  };
  const most = side.model || baseline.model ? mostThroughModel : Infinity;
  const variants = inOtherWords(corrections, politely, mistyped).slice(0, most);
  const near = [...nearMisses, ...inOtherWords(nearMisses, politely).slice(0, most)];
  return {
    taught: {
      verbatim: await askBoth(both, corrections, signal),
      variants: await askBoth(both, variants, signal),
    },
    nearMisses: await askBoth(both, near, signal),
  };
}

const inOtherWords = (
  items: readonly TestItem[],
  ...wordings: readonly ((prompt: string) => readonly string[])[]
): readonly TestItem[] =>
  items.flatMap((item) =>
    wordings.flatMap((wording) => wording(item.prompt).map((prompt) => ({ ...item, prompt }))),
  );
