import { now } from "../core/clock.ts";
import { newId } from "../core/ids.ts";
import type { Query } from "./query.ts";
import type { DuelChoice } from "./duel-tables.ts";
import type { Schema } from "./schema.ts";

/** Two who answer: `recall`, or the id of a model version. */
export type DuelPair = {
  readonly workspace: string;
  readonly firstName: string;
  readonly secondName: string;
};

export type KeptDuel = DuelPair & {
  readonly id: string;
  readonly prompt: string;
  readonly firstAnswer: string | null;
  readonly secondAnswer: string | null;
  /** The second one's answer was shown on top. */
  readonly swapped: boolean;
  readonly choice: DuelChoice | null;
};

/** Keeps a question with both answers and gives its id. */
export async function addDuel(
  query: Query,
  duel: Omit<KeptDuel, "id" | "choice">,
): Promise<string> {
  const id = newId();
  await query
    .insertInto("duel")
    .values({
      id,
      workspace: duel.workspace,
      first_name: duel.firstName,
      second_name: duel.secondName,
      prompt: duel.prompt,
      first_answer: duel.firstAnswer,
      second_answer: duel.secondAnswer,
      swapped: duel.swapped ? 1 : 0,
      choice: null,
      person: null,
      at: now(),
    })
    .execute();
  return id;
}

export async function findDuel(
  query: Query,
  workspace: string,
  id: string,
): Promise<KeptDuel | undefined> {
  const row = await query
    .selectFrom("duel")
    .selectAll()
    .where("workspace", "=", workspace)
    .where("id", "=", id)
    .executeTakeFirst();
  return row && asDuel(row);
}

/** Notes a choice; tells whether it was the first for this question. */
export async function chooseInDuel(
  query: Query,
  id: string,
  choice: DuelChoice,
  person: string,
): Promise<boolean> {
  const { numUpdatedRows } = await query
    .updateTable("duel")
    .set({ choice, person })
    .where("id", "=", id)
    .where("choice", "is", null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

/** How often each choice was made between two. */
export async function duelCounts(
  query: Query,
  { workspace, firstName, secondName }: DuelPair,
): Promise<Readonly<Record<DuelChoice, number>>> {
  const rows = await query
    .selectFrom("duel")
    .select(["choice", (select) => select.fn.countAll<number>().as("count")])
    .where("workspace", "=", workspace)
    .where("first_name", "=", firstName)
    .where("second_name", "=", secondName)
    .where("choice", "is not", null)
    .groupBy("choice")
    .execute();
  const count = (choice: DuelChoice) => rows.find((row) => row.choice === choice)?.count ?? 0;
  return {
    first: count("first"),
    second: count("second"),
    equal: count("equal"),
    neither: count("neither"),
  };
}

const asDuel = (row: Schema["duel"]): KeptDuel => ({
  id: row.id,
  workspace: row.workspace,
  firstName: row.first_name,
  secondName: row.second_name,
  prompt: row.prompt,
  firstAnswer: row.first_answer,
  secondAnswer: row.second_answer,
  swapped: row.swapped === 1,
  choice: row.choice,
});
