import { ApprenticeError } from "../core/errors.ts";
import { mayActAs } from "../core/person.ts";
import { addTombstone, findExampleId } from "../storage/datasets.ts";
import { examplesById } from "../storage/example-lookup.ts";
import { keyOf } from "../storage/knowledge/keys.ts";
import { act, type TeachingOptions } from "./act.ts";
import type { Retracted, Teacher } from "./teaching.ts";

/** The id of a dataset row that came from a file. */
const fileRow = /^f_[0-9a-f]{24}$/;

/**
 * Takes one example out of recall at once and out of every later dataset version. A row that only
 * datasets hold is taken out of those. Throws `example-missing`, and `permission-denied` (members
 * retract only their own).
 */
export async function retractExample(
  options: TeachingOptions,
  { workspace, person }: Teacher,
  id: string,
  reason: string,
): Promise<Retracted> {
  const { query } = options.database;
  const given = id.trim().toLowerCase();
  const exampleId = fileRow.test(given) ? given : await findExampleId(query, workspace, given);
  if (exampleId === undefined)
    throw new ApprenticeError("example-missing", { id: id.slice(0, 60) });
  const example = fileRow.test(given) ? undefined : (await examplesById(query, [exampleId]))[0];
  if (example?.author !== person.id && !mayActAs(person.role, "trainer")) {
    throw new ApprenticeError("permission-denied", { needed: "trainer", role: person.role });
  }
  const isNegative = example?.label === "negative" && example.status === "active";
  const detail = isNegative ? { negative: example.id } : undefined;
  const retracting = { workspace, kind: "retracted", person: person.id, detail } as const;
  const retracted = await act(options, retracting, async (step) => {
    if (isNegative) await setBaseStatus(step.query, example.id, "rejected");
    if (example && example.status !== "retracted") {
      const key = keyOf(example.prompt);
      const view = await step.view({ keys: [key] });
      const decision = { kind: "retire-wording", key, row: exampleId } as const;
      await step.take(view, isNegative ? [] : [decision]);
    }
    await addTombstone(step.query, {
      actionId: step.actionId,
      workspace,
      rowId: exampleId,
      reason,
    });
    return {
      actionId: step.actionId,
      exampleId,
      prompt: example?.prompt ?? null,
      answer: example?.answer ?? null,
    };
  });
  options.memories.rowsChanged(workspace);
  return retracted;
}

/** What a row of what not to answer is as long as its own act stands. */
export async function setBaseStatus(
  query: Parameters<typeof findExampleId>[0],
  id: string,
  status: "active" | "rejected",
): Promise<void> {
  await query.updateTable("example").set({ base_status: status }).where("id", "=", id).execute();
}
