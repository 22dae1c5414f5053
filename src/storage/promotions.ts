import { now } from "../core/clock.ts";
import { newId } from "../core/ids.ts";
import type { Query } from "./query.ts";
import type { Schema } from "./schema.ts";

/** One decision about what answers in a workspace. */
export type KeptPromotion = {
  readonly id: string;
  readonly workspace: string;
  readonly kind: "promote" | "rollback";
  readonly versionId: string;
  readonly liveBefore: string | null;
  readonly done: boolean;
  /** As it was given; `null` for a rollback. */
  readonly evidence: unknown;
  readonly checks: unknown;
  readonly overrideReason: string | null;
  readonly person: string;
  readonly at: number;
};

/** Keeps a decision and gives its id. */
export async function addPromotion(
  query: Query,
  promotion: Omit<KeptPromotion, "id" | "at">,
): Promise<string> {
  const id = newId();
  await query
    .insertInto("promotion")
    .values({
      id,
      workspace: promotion.workspace,
      kind: promotion.kind,
      version_id: promotion.versionId,
      live_before: promotion.liveBefore,
      done: promotion.done ? 1 : 0,
      evidence: promotion.evidence === null ? null : JSON.stringify(promotion.evidence),
      checks: promotion.checks === null ? null : JSON.stringify(promotion.checks),
      override_reason: promotion.overrideReason,
      person: promotion.person,
      at: now(),
    })
    .execute();
  return id;
}

/** Every decision of a workspace, oldest first; of one version, if given. */
export async function listPromotions(
  query: Query,
  workspace: string,
  versionId?: string,
): Promise<readonly KeptPromotion[]> {
  let selection = query
    .selectFrom("promotion")
    .selectAll()
    .where("workspace", "=", workspace)
    .orderBy("id");
  if (versionId !== undefined) selection = selection.where("version_id", "=", versionId);
  return (await selection.execute()).map(asPromotion);
}

/**
 * The versions that were live one after another and would be again by rolling back, the live one last:
 * a promotion adds one, a rollback takes the last away.
 */
export async function liveChain(query: Query, workspace: string): Promise<readonly string[]> {
  const moves = await query
    .selectFrom("promotion")
    .select(["kind", "version_id"])
    .where("workspace", "=", workspace)
    .where("done", "=", 1)
    .orderBy("id")
    .execute();
  const chain: string[] = [];
  for (const { kind, version_id: versionId } of moves) {
    if (kind === "promote") chain.push(versionId);
    else chain.pop();
  }
  return chain;
}

const parsed = (text: string | null): unknown => (text === null ? null : JSON.parse(text));

const asPromotion = (row: Schema["promotion"]): KeptPromotion => ({
  id: row.id,
  workspace: row.workspace,
  kind: row.kind,
  versionId: row.version_id,
  liveBefore: row.live_before,
  done: row.done === 1,
  evidence: parsed(row.evidence),
  checks: parsed(row.checks),
  overrideReason: row.override_reason,
  person: row.person,
  at: row.at,
});
