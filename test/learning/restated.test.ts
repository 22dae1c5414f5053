import assert from "node:assert/strict";
import { test } from "node:test";
import { answeredTurn, teacherIn } from "./teaching-parts.ts";
import { temporaryParts } from "./temporary-parts.ts";

const parts = temporaryParts();

test("a correction with the question restated holds for both, and undo takes back both", async () => {
  const { teaching, examples, memories } = parts();
  const consent = { textVersion: "1", at: 1 };
  const teacher = { ...teacherIn("discord:1", "trainer"), consent };
  const turn = await answeredTurn(parts(), teacher.workspace, "when r u open", "At ten.");
  const own = "What are your opening hours?";
  await teaching.teach(teacher, { prompt: own, answer: "At eight.", label: "positive" });
  const receipt = await teaching.correct(teacher, turn, "At nine.", { restated: own });
  const recall = await memories.of(teacher.workspace);
  for (const prompt of [turn.prompt, own])
    assert.equal(recall.recollect(prompt).answer, "At nine.", prompt);
  const made = await Promise.all(
    receipt.exampleIds.map((id) => examples.find(teacher.workspace, id)),
  );
  // Only the teacher's own words may train: the question of the turn may be somebody else's.
  assert.deepEqual(
    made.map((example) => [example!.prompt, example!.label, example!.consent !== null]),
    [
      [turn.prompt, "positive", false],
      [own, "positive", true],
      [turn.prompt, "negative", false],
    ],
  );
  await teaching.undo(teacher, receipt.actionId);
  assert.equal((await memories.of(teacher.workspace)).recollect(own).answer, "At eight.");
});
