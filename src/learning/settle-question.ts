import { ApprenticeError } from "../core/errors.ts";
import { mayActAs } from "../core/person.ts";
import { newId } from "../core/ids.ts";
import { currentVersions, versionCount } from "../storage/answers.ts";
import { findOpenQuestion } from "../storage/open-questions.ts";
import type { Settlement } from "../storage/knowledge/decision.ts";
import { textOf } from "../storage/knowledge/state.ts";
import { act, newVersionRow, type TeachingOptions } from "./act.ts";
import { firstWording, promptsOf } from "./decide-correction.ts";
import { reconsider } from "./reconsider.ts";
import { effectOf, receiptFor } from "./receipt.ts";
import type { Receipt, Teacher } from "./teaching.ts";

/**
 * Says whether a correction also holds for what its question had been taken for. Whoever corrected may say
 * so, and trainers. The id of a correction lets that reach as far as is said now. Throws `question-missing`, `question-settled`, `permission-denied`.
 */
export async function settleQuestion(
  options: TeachingOptions,
  teacher: Teacher,
  status: "active" | "pending",
  questionId: string,
  as: Settlement,
): Promise<Receipt> {
  const { workspace, person, messageId } = teacher;
  const again = await reconsider(options, teacher, status, questionId, as);
  if (again) return again;
  return act(
    options,
    { workspace, kind: "settled", person: person.id, messageId },
    async (step) => {
      const open = await findOpenQuestion(step.query, workspace, questionId);
      if (!open) throw new ApprenticeError("question-missing", { id: questionId.slice(0, 60) });
      if (open.status === "closed") throw new ApprenticeError("question-settled");
      const isTrainer = mayActAs(person.role, "trainer");
      // What others were taught changes only with a trainer's word, or its own author's.
      if (!isTrainer && (open.person !== person.id || status === "pending"))
        throw new ApprenticeError("permission-denied", { needed: "trainer", role: person.role });
      const view = await step.view({ questions: [open.id] });
      const old = view.state.answers.get(open.oldAnswer)!;
      const fresh = view.state.answers.get(open.newAnswer)!;
      if (as === "everywhere" && !isTrainer && (await isOfOthers(step.query, old.id, person.id)))
        throw new ApprenticeError("permission-denied", { needed: "trainer", role: person.role });
      const number = (await versionCount(step.query, old.id)) + 1;
      const current = (await currentVersions(step.query, [fresh.id])).get(fresh.id)!;
      const id = newId();
      const version = {
        ...newVersionRow(teacher, textOf(fresh), {
          actionId: step.actionId,
          answerId: old.id,
          number,
        }),
        id,
        author: current.author,
        origin: current.origin,
        consent: current.consent && JSON.stringify(current.consent),
      };
      const before = textOf(old);
      const prompt = promptsOf(view, view.state, fresh.id)[0] ?? "";
      const wording = firstWording(view, old.id);
      const after = await step.take(view, [{ kind: "settle", question: open.id, as, id }], {
        ...(as === "everywhere" && { versions: [version] }),
      });
      await step.query
        .updateTable("open_question")
        .set({ settled_by: step.actionId, settled_as: as })
        .where("id", "=", open.id)
        .execute();
      await step.query
        .updateTable("correction")
        .set({ meaning: as })
        .where("action_id", "=", open.actionId)
        .execute();
      const isEverywhere = as === "everywhere";
      const changed = isEverywhere ? promptsOf(view, after, old.id) : [];
      const effect = effectOf(isEverywhere ? "changed" : "here", prompt, {
        meaning: as,
        answerId: isEverywhere ? old.id : fresh.id,
        version: isEverywhere ? number : current.number,
        answer: textOf(fresh),
        old: before,
        wording,
        changed,
        kept: isEverywhere ? [] : promptsOf(view, after, old.id),
      });
      return { ...receiptFor(step.actionId, "settled", "active", []), effect };
    },
  );
}

async function isOfOthers(
  query: Parameters<typeof findOpenQuestion>[0],
  answerId: string,
  person: string,
): Promise<boolean> {
  const other = await query
    .selectFrom("answer_version")
    .select("id")
    .where("answer_id", "=", answerId)
    .where("author", "!=", person)
    .limit(1)
    .executeTakeFirst();
  return other !== undefined;
}
