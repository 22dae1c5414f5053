import { ApprenticeError } from "../../core/errors.ts";
import type { ModelVersion } from "../../core/model-version.ts";
import { createLanes } from "../../storage/lanes.ts";
import { aliasesOf, moveAlias } from "../../storage/model-versions.ts";
import {
  addPromotion,
  listPromotions,
  liveChain,
  type KeptPromotion,
} from "../../storage/promotions.ts";
import type { Query } from "../../storage/query.ts";
import type { Registry } from "../registry/registry.ts";
import type { Teacher } from "../teaching.ts";
import { collectEvidence, type CollectParts } from "./collect.ts";
import type { GateEvidence } from "./evidence.ts";
import { decide, type Check } from "./rule.ts";

/** What came of a wish to promote. */
export type Promotion = {
  readonly version: ModelVersion;
  readonly promoted: boolean;
  readonly evidence: GateEvidence;
  readonly checks: readonly Check[];
};

/** What a rollback changed; `now` is absent when recall alone answers again. */
export type RolledBack = { readonly from: ModelVersion; readonly now: ModelVersion | undefined };

/** Who answers in a workspace, and who decided that. */
export type Promotions = {
  /**
   * Examines a version and lets it answer when the gate opens. Every decision is kept with its
   * evidence. Throws `model-version-missing`, `model-already-live`, `promotion-outdated` (something
   * else went live meanwhile) and `cancelled`.
   */
  promote(
    teacher: Teacher,
    version: ModelVersion,
    options?: { readonly override?: string; readonly signal?: AbortSignal },
  ): Promise<Promotion>;
  /**
   * Goes back to what answered before the last promotion that stands: nothing but aliases is moved.
   * Throws `rollback-impossible`.
   */
  rollback(teacher: Teacher): Promise<RolledBack>;
  /** Every decision, oldest first; about one version, if given. */
  history(workspace: string, version?: ModelVersion): Promise<readonly KeptPromotion[]>;
};

export type PromotionParts = CollectParts & {
  readonly registry: Registry;
  /** How much of the test split a candidate may lose, 0..1. */
  readonly margin: number;
};

export function createPromotions(parts: PromotionParts): Promotions {
  const { database } = parts;
  const inOrder = createLanes();
  return {
    promote: (teacher, version, options = {}) =>
      inOrder(version.workspace, () => promote(parts, teacher, version, options)),
    rollback: (teacher) => rollback(parts, teacher),
    history: (workspace, version) => listPromotions(database.query, workspace, version?.id),
  };
}

async function promote(
  parts: PromotionParts,
  teacher: Teacher,
  version: ModelVersion,
  { override, signal }: { readonly override?: string; readonly signal?: AbortSignal },
): Promise<Promotion> {
  const { database, margin } = parts;
  const { workspace } = version;
  const name = `v${version.number}`;
  const before = await liveId(database.query, workspace);
  if (before === version.id) throw new ApprenticeError("model-already-live", { version: name });
  const examined = { teacher, candidate: version, ...(signal && { signal }) };
  const evidence = await collectEvidence(parts, examined);
  const { passes, checks } = decide(evidence, { margin, ...(override && { override }) });
  await database.transaction(async (query) => {
    if ((await liveId(query, workspace)) !== before) {
      throw new ApprenticeError("promotion-outdated", { version: name });
    }
    await addPromotion(query, {
      workspace,
      kind: "promote",
      versionId: version.id,
      liveBefore: before,
      done: passes,
      evidence,
      checks,
      overrideReason: override ?? null,
      person: teacher.person.id,
    });
    if (passes) await settleAliases(query, workspace);
  });
  return { version, promoted: passes, evidence, checks };
}

async function rollback(
  { database, registry }: PromotionParts,
  { workspace, person }: Teacher,
): Promise<RolledBack> {
  const from = await database.transaction(async (query) => {
    const live = await liveId(query, workspace);
    if (live === null) throw new ApprenticeError("rollback-impossible");
    await addPromotion(query, {
      workspace,
      kind: "rollback",
      versionId: live,
      liveBefore: live,
      done: true,
      evidence: null,
      checks: null,
      overrideReason: null,
      person: person.id,
    });
    await settleAliases(query, workspace);
    return live;
  });
  return {
    from: await registry.find(workspace, from),
    now: await registry.under(workspace, "live"),
  };
}

const liveId = async (query: Query, workspace: string): Promise<string | null> =>
  (await aliasesOf(query, workspace)).get("live") ?? null;

/** Puts the aliases where the decisions put them. A candidate that went live is one no longer. */
async function settleAliases(query: Query, workspace: string): Promise<void> {
  const chain = await liveChain(query, workspace);
  const live = chain.at(-1) ?? null;
  await moveAlias(query, workspace, "live", live);
  await moveAlias(query, workspace, "previous", chain.at(-2) ?? null);
  const candidate = (await aliasesOf(query, workspace)).get("candidate");
  if (candidate === live) await moveAlias(query, workspace, "candidate", null);
}
