import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { now } from "../core/clock.ts";
import { newId } from "../core/ids.ts";
import type { Query } from "./query.ts";
import type { Schema } from "./schema.ts";
import { idEnding } from "./id-ending.ts";

/** What became of one item of a test: one line of what is kept. */
export type KeptItem = {
  readonly key: string;
  readonly prompt: string;
  readonly predicted: string | null;
  /** `null`: there was nothing to judge by, or it could not be judged. */
  readonly right: boolean | null;
};

export type KeptEvaluation = {
  readonly id: string;
  readonly workspace: string;
  readonly what: string;
  readonly modelVersion: string;
  readonly grader: string;
  readonly person: string;
  readonly at: number;
  readonly itemCount: number;
  readonly judgedCount: number;
  readonly rightCount: number;
};

export type NewEvaluation = Omit<KeptEvaluation, "id" | "at"> & {
  readonly metrics: object;
  readonly items: string;
};

/** Rows that one line of compressed results stands for, in the form in which they are kept. */
export async function packItems(items: readonly KeptItem[]): Promise<string> {
  const lines = items.map(({ key, prompt, predicted, right }) =>
    JSON.stringify([key, prompt, predicted, right]),
  );
  return (await promisify(gzip)(lines.join("\n"))).toString("base64");
}

/** Keeps an evaluation and gives its id. */
export async function addEvaluation(query: Query, evaluation: NewEvaluation): Promise<string> {
  const id = newId();
  await query
    .insertInto("evaluation")
    .values({
      id,
      workspace: evaluation.workspace,
      what: evaluation.what,
      model_version: evaluation.modelVersion,
      grader: evaluation.grader,
      person: evaluation.person,
      at: now(),
      item_count: evaluation.itemCount,
      judged_count: evaluation.judgedCount,
      right_count: evaluation.rightCount,
      metrics: JSON.stringify(evaluation.metrics),
      items: evaluation.items,
    })
    .execute();
  return id;
}

const summary = [
  "id",
  "workspace",
  "what",
  "model_version",
  "grader",
  "person",
  "at",
  "item_count",
  "judged_count",
  "right_count",
] as const;

/**
 * One evaluation: by its id or the ending of it (at least 6 characters; none when several have it),
 * or by how many came after it (0 is the last).
 */
export async function findEvaluation(
  query: Query,
  workspace: string,
  which: { readonly id: string } | { readonly back: number },
): Promise<KeptEvaluation | undefined> {
  const selection = query
    .selectFrom("evaluation")
    .select(summary)
    .where("workspace", "=", workspace);
  if ("back" in which) {
    const row = await selection
      .orderBy("id", "desc")
      .limit(1)
      .offset(which.back)
      .executeTakeFirst();
    return row && asEvaluation(row);
  }
  const ending = idEnding(which.id);
  if (ending === undefined) return undefined;
  const rows = await selection.where("id", "like", `%${ending}`).limit(2).execute();
  return rows.length === 1 ? asEvaluation(rows[0]!) : undefined;
}

const mostListed = 20;

/** The evaluations of a trained version, `v3` or `v3+recall@7`, newest first, at most 20. */
export async function evaluationsOf(
  query: Query,
  workspace: string,
  version: string,
): Promise<readonly KeptEvaluation[]> {
  const rows = await query
    .selectFrom("evaluation")
    .select(summary)
    .where("workspace", "=", workspace)
    .where((where) =>
      where.or([
        where("model_version", "=", version),
        where("model_version", "like", `${version}+%`),
      ]),
    )
    .orderBy("id", "desc")
    .limit(mostListed)
    .execute();
  return rows.map(asEvaluation);
}

/** The result of every item of an evaluation, in the order of the test. */
export async function itemsOf(query: Query, id: string): Promise<readonly KeptItem[]> {
  const { items } = await query
    .selectFrom("evaluation")
    .select("items")
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  const text = (await promisify(gunzip)(Buffer.from(items, "base64"))).toString();
  if (text === "") return [];
  return text.split("\n").map((line) => {
    const [key, prompt, predicted, right] = JSON.parse(line) as [
      string,
      string,
      string | null,
      boolean | null,
    ];
    return { key, prompt, predicted, right };
  });
}

const asEvaluation = (
  row: Pick<Schema["evaluation"], (typeof summary)[number]>,
): KeptEvaluation => ({
  id: row.id,
  workspace: row.workspace,
  what: row.what,
  modelVersion: row.model_version,
  grader: row.grader,
  person: row.person,
  at: row.at,
  itemCount: row.item_count,
  judgedCount: row.judged_count,
  rightCount: row.right_count,
});
