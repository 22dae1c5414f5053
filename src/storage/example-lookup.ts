import type { Example, Label } from "../core/example.ts";
import type { Query } from "./query.ts";
import { asExample, lessonKey } from "./example-rows.ts";
import { chunks } from "./chunks.ts";

type Wording = {
  readonly label: Label;
  readonly prompt: string;
  readonly answer: string | null;
};

/** The active examples that say exactly this, oldest first. */
export async function activeWithWording(
  query: Query,
  workspace: string,
  { label, prompt, answer }: Wording,
): Promise<readonly string[]> {
  const rows = await query
    .selectFrom("example")
    .select("id")
    .where("workspace", "=", workspace)
    .where("lesson_key", "=", lessonKey(label, prompt, answer))
    .where("status", "=", "active")
    .orderBy("id")
    .execute();
  return rows.map((row) => row.id);
}

/** Which of these lesson keys active examples have. */
export async function activeKeys(
  query: Query,
  workspace: string,
  keys: readonly string[],
): Promise<ReadonlySet<string>> {
  if (keys.length === 0) return new Set();
  const rows = await query
    .selectFrom("example")
    .select("lesson_key")
    .where("workspace", "=", workspace)
    .where("lesson_key", "in", keys)
    .where("status", "=", "active")
    .execute();
  return new Set(rows.map((row) => row.lesson_key));
}

/** The active negative examples that a person's ratings of a turn have made. */
export async function activeRatedBy(
  query: Query,
  turnId: string,
  person: string,
): Promise<readonly string[]> {
  const rows = await query
    .selectFrom("example")
    .select("id")
    .where("turn_id", "=", turnId)
    .where("author", "=", person)
    .where("source", "=", "rated")
    .where("status", "=", "active")
    .orderBy("id")
    .execute();
  return rows.map((row) => row.id);
}

/** The examples with these ids, in the order of the ids; unknown ones are left out. */
export async function examplesById(
  query: Query,
  ids: readonly string[],
): Promise<readonly Example[]> {
  const found = new Map<string, Example>();
  for (const chunk of chunks(ids)) {
    const rows = await query.selectFrom("example").selectAll().where("id", "in", chunk).execute();
    for (const row of rows) found.set(row.id, asExample(row));
  }
  return ids.flatMap((id) => found.get(id) ?? []);
}
