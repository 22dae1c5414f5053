import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { newId } from "../../src/core/ids.ts";
import { assertMemoryEqualsRebuild } from "../contracts/teaching.ts";
import { answeredTurn, teacherIn } from "./teaching-parts.ts";
import { temporaryParts } from "./temporary-parts.ts";
import { runs } from "../runs.ts";

/** One thing a trainer does. Every taught answer is new, so that no two lessons are the same. */
type Step =
  | { readonly kind: "teach" | "correct" | "rate" | "import"; readonly prompt: number }
  | { readonly kind: "undo"; readonly which: number };

/** A step with what was shown to the person when it was done, to do the very same again. */
type Done = {
  readonly step: Step;
  readonly answer: string;
  /** What the bot had answered. */
  readonly shown: string | null;
  readonly actionId: string;
};

const teachingStep = fc.record({
  kind: fc.constantFrom("teach" as const, "correct" as const, "rate" as const, "import" as const),
  // Nearly always the same one, so that the steps have to do with each other.
  prompt: fc.oneof(
    { weight: 9, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.constant(1) },
  ),
});
const undoStep = fc.record({ kind: fc.constant("undo" as const), which: fc.nat(20) });
const steps = fc.array(
  fc.oneof({ weight: 5, arbitrary: teachingStep }, { weight: 2, arbitrary: undoStep }),
  { minLength: 4, maxLength: 14, size: "max" },
);

describe("undo", () => {
  const parts = temporaryParts();

  const perform = async (
    workspace: string,
    kind: "teach" | "correct" | "rate" | "import",
    prompt: string,
    answer: string,
    shown: string | null,
  ): Promise<string> => {
    const { teaching } = parts();
    const trainer = teacherIn(workspace, "trainer");
    const lesson = { prompt, answer, label: "positive", replace: true } as const;
    if (kind === "teach") return (await teaching.teach(trainer, lesson)).actionId;
    if (kind === "import") return (await teaching.importLessons(trainer, [lesson])).actionId;
    const turn = await answeredTurn(parts(), workspace, prompt, shown);
    if (kind === "correct") return (await teaching.correct(trainer, turn, answer)).actionId;
    return (await teaching.rate(trainer, turn, { rating: -1 })).actionId;
  };

  const viewOf = async (workspace: string): Promise<readonly string[]> => {
    const pages = await Array.fromAsync(parts().examples.active(workspace));
    return pages
      .flat()
      .map(({ prompt, answer, label }) => `${label} ${prompt}: ${answer}`)
      .toSorted();
  };

  test("leaves what teaching without the undone actions would have made", async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (given) => {
        const workspace = `web:${newId()}`;
        const done: Done[] = [];
        const undone = new Set<string>();
        for (const [number, step] of given.entries()) {
          if (step.kind === "undo") {
            const open = done.filter(({ actionId }) => !undone.has(actionId));
            const chosen = open[step.which % Math.max(1, open.length)];
            if (!chosen) continue;
            await parts().teaching.undo(teacherIn(workspace, "trainer"), chosen.actionId);
            undone.add(chosen.actionId);
            continue;
          }
          const prompt = `prompt ${step.prompt}`;
          const shown = (await parts().memories.of(workspace)).recollect(prompt).answer;
          const answer = `answer ${number}`;
          const actionId = await perform(workspace, step.kind, prompt, answer, shown);
          done.push({ step, answer, shown, actionId });
        }
        await assertMemoryEqualsRebuild(parts(), workspace);

        const replayed = `web:${newId()}`;
        for (const { step, answer, shown, actionId } of done) {
          if (undone.has(actionId) || step.kind === "undo") continue;
          await perform(replayed, step.kind, `prompt ${step.prompt}`, answer, shown);
        }
        assert.deepEqual(await viewOf(workspace), await viewOf(replayed));
      }),
      { numRuns: runs(20) },
    );
  });

  test("of everything leaves nothing active", async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.infiniteStream(fc.nat(99)), async (given, order) => {
        const workspace = `web:${newId()}`;
        const actionIds: string[] = [];
        for (const [number, step] of given.entries()) {
          if (step.kind === "undo") continue;
          const prompt = `prompt ${step.prompt}`;
          const shown = (await parts().memories.of(workspace)).recollect(prompt).answer;
          actionIds.push(await perform(workspace, step.kind, prompt, `answer ${number}`, shown));
        }
        while (actionIds.length > 0) {
          const [actionId] = actionIds.splice(order.next().value! % actionIds.length, 1);
          await parts().teaching.undo(teacherIn(workspace, "trainer"), actionId);
        }
        assert.deepEqual(await viewOf(workspace), []);
        await assertMemoryEqualsRebuild(parts(), workspace);
      }),
      { numRuns: runs(8) },
    );
  });
});
