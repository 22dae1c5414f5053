import type { Database } from "../../storage/database.ts";
import { runTest } from "../evaluation/evaluate.ts";
import { mcNemar } from "../evaluation/statistics.ts";
import type { LiveModel } from "../live/live-models.ts";
import type { Memories } from "../memories.ts";
import type { Recall } from "../recall/recall.ts";
import type { Examined } from "./examined.ts";
import type { TestEvidence } from "./evidence.ts";
import { withoutHeldOut, type HeldOut } from "./held-out.ts";
import { liveSide, predictorOf, versionSide, type Side, type SideParts } from "./sides.ts";

export type TestParts = SideParts & {
  readonly database: Database;
  readonly memories: Pick<Memories, "of" | "position">;
  restoreRecall(snapshot: Uint8Array): Recall;
};

/** A language model takes seconds for each question, and costs. */
export const mostThroughModel = 300;

/**
 * Tests the candidate and what answers now with a split that neither has seen, each beside the
 * instant memory as it would be without these rows, and keeps both evaluations. `foreign`: the split is
 * of another dataset than the candidate's, which may have trained on its rows.
 */
export async function testBoth(
  parts: TestParts,
  { teacher, candidate, signal }: Examined,
  live: LiveModel | undefined,
  heldOut: HeldOut,
  foreign: boolean,
): Promise<TestEvidence> {
  const { workspace } = candidate;
  const instant = withoutHeldOut(await parts.memories.of(workspace), heldOut, parts.restoreRecall);
  const recallVersion = `recall@${await parts.memories.position(workspace)}`;
  const baseline = await liveSide(parts, live, instant, heldOut);
  const side = await versionSide(parts, candidate, instant, foreign ? heldOut : undefined);

  const { what } = heldOut;
  const isSlow = baseline.model !== undefined || side.model !== undefined;
  const items = isSlow ? heldOut.items.slice(0, mostThroughModel) : heldOut.items;
  const test = async (tested: Side) => {
    const predictor = await predictorOf(parts, workspace, tested);
    const name = tested.name === "recall" ? recallVersion : `${tested.name}+${recallVersion}`;
    const subject = { predictor, name: async () => name };
    return runTest(parts, teacher, { what, items, review: false }, subject, {
      ...(signal && { signal }),
    });
  };
  const before = await test(baseline);
  const after = await test(side);
  const pairs = before.results.flatMap(({ right: wasRight }, place) => {
    const { right: isRight } = after.results[place]!;
    return wasRight === null || isRight === null ? [] : [{ wasRight, isRight }];
  });
  const wins = pairs.filter(({ wasRight, isRight }) => isRight && !wasRight).length;
  const losses = pairs.filter(({ wasRight, isRight }) => wasRight && !isRight).length;
  return {
    what,
    evaluationId: after.id,
    baselineEvaluationId: before.id,
    rows: pairs.length,
    right: pairs.filter(({ isRight }) => isRight).length,
    baselineRight: pairs.filter(({ wasRight }) => wasRight).length,
    wins,
    losses,
    p: mcNemar(wins, losses),
  };
}
