import { elapsed } from "../../core/clock.ts";
import { asApprenticeError, type ErrorCode } from "../../core/errors.ts";
import type { Log } from "../../core/log.ts";
import type { ModelVersion } from "../../core/model-version.ts";
import type { LanguageModel } from "../../models/model.ts";
import type { Examples } from "../../storage/examples.ts";
import type { LedgerFollower } from "../memories.ts";
import type { OpenedRecall } from "../recall/embedded-recall.ts";
import type { RecallChange } from "../recall/recall.ts";
import type { Registry } from "../registry/registry.ts";
import { asTaught, mismatchAsTaught } from "../taught.ts";
import type { OpenVersion } from "./open-version.ts";
import { createTrainedMemory, type TrainedMemory } from "./trained-memory.ts";

/** What the live version of a workspace answers with. */
export type LiveModel = { readonly version: ModelVersion } & (
  | { readonly kind: "memory"; readonly memory: TrainedMemory }
  | { readonly kind: "served"; readonly model: LanguageModel }
  /** It cannot answer, for the reason that the code names; what was taught still does. */
  | { readonly kind: "unusable"; readonly code: ErrorCode }
);

/** The live trained models of all workspaces, opened once each. */
export type LiveModels = LedgerFollower & {
  /** `undefined`: no trained model is live. */
  of(workspace: string): Promise<LiveModel | undefined>;
};

export type LiveModelsParts = CatchUpParts & {
  readonly registry: Pick<Registry, "under">;
  readonly openVersion: OpenVersion;
  readonly log: Log;
};

type Opened = {
  readonly versionId: string;
  readonly opening: Promise<LiveModel>;
  readonly at: number;
};

/** Milliseconds after which one that could not be used is tried again: its file may have come back. */
const retryAfter = 60_000;

export function createLiveModels(parts: LiveModelsParts): LiveModels {
  const { log } = parts;
  const opened = new Map<string, Opened>();

  async function open(version: ModelVersion): Promise<LiveModel> {
    const { workspace } = version;
    try {
      const found = await parts.openVersion(version);
      if (found.kind === "served") return { version, ...found };
      return { version, kind: "memory", memory: await upToDate(parts, workspace, found) };
    } catch (error) {
      const { code, id } = asApprenticeError(error);
      log.error("The live model cannot be used; what was taught answers", { workspace, code, id });
      return { version, kind: "unusable", code };
    }
  }

  return {
    async of(workspace) {
      const version = await parts.registry.under(workspace, "live");
      if (!version) {
        opened.delete(workspace);
        return undefined;
      }
      const known = opened.get(workspace);
      if (known?.versionId === version.id) {
        const live = await known.opening;
        if (live.kind !== "unusable" || elapsed() - known.at < retryAfter) return live;
      }
      const opening = open(version);
      opened.set(workspace, { versionId: version.id, opening, at: elapsed() });
      return opening;
    },
    async learn(workspace, change) {
      const known = opened.get(workspace);
      if (!known) return;
      try {
        // One that is still being opened has perhaps read this change already: twice is once.
        const live = await known.opening;
        if (live.kind === "memory") live.memory.follow(change);
      } catch (error) {
        const { code, id } = asApprenticeError(error);
        log.error("The live model could not follow and is opened anew", { workspace, code, id });
        opened.delete(workspace);
      }
    },
    forget: (workspace) => void opened.delete(workspace),
  };
}

/** What a trained memory has missed since it was trained. */
export type CatchUpParts = {
  readonly examples: Pick<Examples, "active" | "mismatches" | "versions">;
  /** The ids of dataset rows that were taken back. */
  retracted(workspace: string): Promise<ReadonlySet<string>>;
};

/** A trained memory that has taken over what happened to its rows since the training. */
export async function upToDate(
  { examples, retracted }: CatchUpParts,
  workspace: string,
  made: OpenedRecall,
): Promise<TrainedMemory> {
  const memory = createTrainedMemory(made);
  const active = new Set<string>();
  const newer: RecallChange[] = [];
  const texts = new Map<string, string | null>();
  for await (const page of examples.active(workspace)) {
    for (const { id, answerId, answer } of page) {
      active.add(id);
      if (answerId !== null && memory.holds(id)) texts.set(answerId, answer);
    }
    const add = page.filter(({ id }) => !memory.holds(id)).map(asTaught);
    if (add.length > 0) newer.push({ add, remove: [] });
  }
  const taken = await retracted(workspace);
  const remove = made.taught
    .map(({ id }) => id)
    .filter((id) => taken.has(id) || !(isFileRow(id) || active.has(id)));
  const mismatches = await examples.mismatches(workspace);
  memory.follow({ add: [], remove, texts });
  memory.follow({ add: mismatches.map(mismatchAsTaught), remove: [] });
  for (const change of newer) memory.follow(change);
  return memory;
}

/** Rows of files are known to datasets alone; the ledger says nothing about them. */
const isFileRow = (id: string): boolean => id.startsWith("f_");
