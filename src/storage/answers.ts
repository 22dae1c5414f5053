import type { Consent, Origin } from "../core/example.ts";
import type { Language } from "../core/language.ts";
import type { Query } from "./query.ts";
import { textKeyOf } from "./knowledge/keys.ts";
import { chunks } from "./chunks.ts";
import { idEnding } from "./id-ending.ts";

/** The words that an answer has now, and whose they are. */
export type CurrentVersion = {
  readonly answerId: string;
  readonly versionId: string;
  readonly number: number;
  readonly actionId: string;
  readonly text: string | null;
  readonly language: Language | null;
  readonly author: string;
  readonly origin: Origin;
  readonly consent: Consent | null;
  readonly at: number;
};

/** The current words of these answers, by their ids. */
export async function currentVersions(
  query: Query,
  answerIds: readonly string[],
): Promise<ReadonlyMap<string, CurrentVersion>> {
  const found = new Map<string, CurrentVersion>();
  for (const chunk of chunks(answerIds)) {
    const rows = await query
      .selectFrom("answer")
      .innerJoin("answer_version", "answer_version.id", "answer.current_version")
      .selectAll("answer_version")
      .where("answer.id", "in", chunk)
      .execute();
    for (const row of rows)
      found.set(row.answer_id, {
        answerId: row.answer_id,
        versionId: row.id,
        number: row.number,
        actionId: row.action_id,
        text: row.text,
        language: row.language,
        author: row.author,
        origin: row.origin,
        consent: row.consent === null ? null : (JSON.parse(row.consent) as Consent),
        at: row.at,
      });
  }
  return found;
}

/** How many versions an answer has had. */
export async function versionCount(query: Query, answerId: string): Promise<number> {
  const row = await query
    .selectFrom("answer_version")
    .select((select) => select.fn.max<number | null>("number").as("number"))
    .where("answer_id", "=", answerId)
    .executeTakeFirst();
  return Number(row?.number ?? 0);
}

/** The active answers that say this, whatever their case and spacing, oldest first. */
export async function activeAnswersSaying(
  query: Query,
  workspace: string,
  text: string | null,
): Promise<readonly string[]> {
  const rows = await query
    .selectFrom("answer")
    .select("id")
    .where("workspace", "=", workspace)
    .where("text_key", "=", textKeyOf(text))
    .where("status", "=", "active")
    .orderBy("id")
    .execute();
  return rows.map(({ id }) => id);
}

/** The first wording of an answer, and how many it has. */
export async function wordingsOf(
  query: Query,
  answerId: string,
): Promise<readonly { readonly id: string; readonly prompt: string; readonly key: string }[]> {
  const rows = await query
    .selectFrom("example")
    .select(["id", "prompt", "prompt_key"])
    .where("answer_id", "=", answerId)
    .where("status", "=", "active")
    .where("label", "=", "positive")
    .orderBy("id")
    .execute();
  return rows.map(({ id, prompt, prompt_key: key }) => ({ id, prompt, key: key! }));
}

/** The whole id of an answer, by an ending of it; none when several end so. */
export async function findAnswerId(
  query: Query,
  workspace: string,
  id: string,
): Promise<string | undefined> {
  const ending = idEnding(id.trim());
  if (ending === undefined) return undefined;
  const rows = await query
    .selectFrom("answer")
    .select("id")
    .where("workspace", "=", workspace)
    .where("id", "like", `%${ending}`)
    .limit(2)
    .execute();
  return rows.length === 1 ? rows[0]!.id : undefined;
}
