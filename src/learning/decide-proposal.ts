import { ApprenticeError } from "../core/errors.ts";
import { mayActAs } from "../core/person.ts";
import { findProposal } from "../storage/proposals.ts";
import { answerAt } from "../storage/knowledge/state.ts";
import { act, newRow, type TeachingOptions } from "./act.ts";
import { decideCorrection } from "./decide-correction.ts";
import { effectOf, receiptFor } from "./receipt.ts";
import type { ProposalVerdict, Receipt, Teacher } from "./teaching.ts";

/**
 * Takes what was proposed, for all wordings of the answer that stands or for its question alone, or leaves
 * it. Whoever proposed it may, and trainers. Throws `proposal-missing`, `permission-denied`.
 */
export async function decideProposal(
  options: TeachingOptions,
  teacher: Teacher,
  status: "active" | "pending",
  proposalId: string,
  as: ProposalVerdict,
): Promise<Receipt> {
  const { workspace, person, messageId } = teacher;
  return act(
    options,
    { workspace, kind: "reviewed", person: person.id, messageId },
    async (step) => {
      const proposal = await findProposal(step.query, workspace, proposalId);
      if (!proposal) throw new ApprenticeError("proposal-missing", { id: proposalId.slice(0, 60) });
      const isTrainer = mayActAs(person.role, "trainer");
      if (!isTrainer && (proposal.person !== person.id || (as !== "keep" && status === "pending")))
        throw new ApprenticeError("permission-denied", { needed: "trainer", role: person.role });
      const { key, prompt, text } = proposal;
      const view = await step.view({ keys: [key] });
      await step.take(view, [{ kind: "close-proposal", proposal: proposal.id, key }]);
      if (as === "keep") {
        const own = answerAt(view.state, key);
        const effect = effectOf("same", prompt, { answerId: own?.id ?? null });
        return { ...receiptFor(step.actionId, "reviewed", "active", []), effect };
      }
      const how = { actionId: step.actionId, source: "corrected", status: "active" } as const;
      const row = newRow(teacher, { prompt, answer: text, label: "positive" }, how);
      const effect = await decideCorrection(step, teacher, {
        row,
        given: proposal.answerId,
        meaning: as === "only-this" ? "only-this" : "everywhere",
      });
      if (effect.outcome === "waits")
        throw new ApprenticeError("permission-denied", { needed: "trainer", role: person.role });
      return { ...receiptFor(step.actionId, "reviewed", "active", [row.id]), effect };
    },
  );
}
