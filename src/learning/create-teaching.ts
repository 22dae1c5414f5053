import { mayActAs } from "../core/person.ts";
import { createLanes } from "../storage/lanes.ts";
import { correctTurn } from "./correct-turn.ts";
import { decideProposal } from "./decide-proposal.ts";
import { editAnswer, rewordAnswer } from "./edit-answer.ts";
import { forgetPerson } from "./forget-person.ts";
import { giveConsent } from "./give-consent.ts";
import { importLessons } from "./import-lessons.ts";
import { notAsked } from "./not-asked.ts";
import { preferAnswer } from "./prefer-answer.ts";
import { rateTurn } from "./rate-turn.ts";
import { reviewItem } from "./review-item.ts";
import { retractExample } from "./retract-example.ts";
import { settleQuestion } from "./settle-question.ts";
import { teachLesson } from "./teach-lesson.ts";
import type { TeachingOptions } from "./act.ts";
import type { Teacher, Teaching } from "./teaching.ts";
import { redoAction, undoAction } from "./undo.ts";
import { withdrawMessage } from "./withdraw.ts";

/** Teaching that writes to the ledger and then to the workspace's memory, one act at a time. */
export function createTeaching(options: TeachingOptions): Teaching {
  const { workspaces, reviewMembers: reviewUsually = true } = options;
  const inOrder = createLanes();

  /** Trainers are trusted at once; members wait for review unless the workspace says otherwise. */
  const statusFor = async ({ workspace, person }: Teacher): Promise<"active" | "pending"> => {
    if (mayActAs(person.role, "trainer")) return "active";
    const { reviewMembers } = await workspaces.settings(workspace);
    return (reviewMembers ?? reviewUsually) ? "pending" : "active";
  };

  const forTeacher =
    <Values extends readonly unknown[], Result>(
      work: (
        parts: TeachingOptions,
        teacher: Teacher,
        status: "active" | "pending",
        ...values: Values
      ) => Promise<Result>,
    ) =>
    (teacher: Teacher, ...values: Values): Promise<Result> =>
      inOrder(teacher.workspace, async () =>
        work(options, teacher, await statusFor(teacher), ...values),
      );

  return {
    teach: forTeacher(teachLesson),
    correct: forTeacher(correctTurn),
    settle: forTeacher(settleQuestion),
    notAsked: forTeacher(notAsked),
    reword: forTeacher(rewordAnswer),
    edit: forTeacher(editAnswer),
    decide: forTeacher(decideProposal),
    rate: (teacher, turn, rating) =>
      inOrder(teacher.workspace, () => rateTurn(options, teacher, turn, rating)),
    prefer: forTeacher(preferAnswer),
    importLessons: forTeacher(importLessons),
    review: forTeacher(reviewItem),
    retract: (teacher, exampleId, reason) =>
      inOrder(teacher.workspace, () => retractExample(options, teacher, exampleId, reason)),
    withdraw: (workspace, messageId) =>
      inOrder(workspace, () => withdrawMessage(options, workspace, messageId)),
    consent: (teacher, actionId, consent) =>
      inOrder(teacher.workspace, () => giveConsent(options, teacher, actionId, consent)),
    forget: (workspace, person) =>
      inOrder(workspace, () => forgetPerson(options, workspace, person)),
    undo: (teacher, actionId) =>
      inOrder(teacher.workspace, () => undoAction(options, teacher, actionId)),
    redo: (teacher, actionId) =>
      inOrder(teacher.workspace, () => redoAction(options, teacher, actionId)),
  };
}
