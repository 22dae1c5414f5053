import type { Kysely } from "kysely";

/** What was shown under a letter, or what was said of both. */
export type DuelChoice = "first" | "second" | "equal" | "neither";

/** The table of blind comparisons. */
export type DuelTables = {
  /** One question, answered by two without saying who is who. */
  duel: {
    id: string;
    workspace: string;
    /** `recall`, or the id of a model version. */
    first_name: string;
    second_name: string;
    prompt: string;
    first_answer: string | null;
    second_answer: string | null;
    /** 1: the second one's answer was shown on top. */
    swapped: 0 | 1;
    choice: DuelChoice | null;
    /** Who chose. */
    person: string | null;
    at: number;
  };
};

export async function createDuelTables({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable("duel")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("workspace", "text", (column) => column.notNull())
    .addColumn("first_name", "text", (column) => column.notNull())
    .addColumn("second_name", "text", (column) => column.notNull())
    .addColumn("prompt", "text", (column) => column.notNull())
    .addColumn("first_answer", "text")
    .addColumn("second_answer", "text")
    .addColumn("swapped", "integer", (column) => column.notNull())
    .addColumn("choice", "text")
    .addColumn("person", "text")
    .addColumn("at", "bigint", (column) => column.notNull())
    .execute();
  await schema
    .createIndex("duel_pair")
    .on("duel")
    .columns(["workspace", "first_name", "second_name"])
    .execute();
}
