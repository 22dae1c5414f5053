import type { ModelVersion } from "../../core/model-version.ts";
import type { LanguageModel } from "../../models/model.ts";
import { recallPredictor, type Predictor } from "../evaluation/predict.ts";
import { combine } from "../live/combine.ts";
import { upToDate, type CatchUpParts, type LiveModel } from "../live/live-models.ts";
import type { OpenVersion } from "../live/open-version.ts";
import type { LanguagePredictor } from "../live/subjects.ts";
import type { TrainedMemory } from "../live/trained-memory.ts";
import type { Recall, Recollect } from "../recall/recall.ts";
import type { HeldOut } from "./held-out.ts";

/** One of the two that are compared, as it answers or would answer people. */
export type Side = {
  /** `recall`, or a version like `v2`. */
  readonly name: string;
  readonly recollect: Recollect;
  /** Lets encoders read what will be asked. */
  prepare(prompts: readonly string[], signal?: AbortSignal): Promise<void>;
  /** The language model that this version is. */
  readonly model?: LanguageModel;
};

export type SideParts = CatchUpParts & {
  readonly openVersion: OpenVersion;
  readonly languagePredictor: LanguagePredictor;
};

type Instant = Pick<Recall, "recollect" | "prepare">;

/**
 * A version beside the instant memory. `without`: also as if it had never seen these rows, for a fair
 * comparison. Throws what opening the version throws.
 */
export async function versionSide(
  parts: SideParts,
  version: ModelVersion,
  instant: Instant,
  without?: HeldOut,
): Promise<Side> {
  const name = `v${version.number}`;
  const opened = await parts.openVersion(version);
  if (opened.kind === "served") return { ...instantSide(name, instant), model: opened.model };
  const memory = await upToDate(parts, version.workspace, opened);
  const seen = without ? opened.taught.filter((row) => without.includes(row)) : [];
  memory.follow({ add: [], remove: seen.map(({ id }) => id) });
  return memorySide(name, instant, memory);
}

/** What answers now; a live version that cannot be used is not missed, recall answers alone then. */
export async function liveSide(
  parts: SideParts,
  live: LiveModel | undefined,
  instant: Instant,
  without?: HeldOut,
): Promise<Side> {
  if (live === undefined || live.kind === "unusable") return instantSide("recall", instant);
  if (live.kind === "memory" && !without)
    return memorySide(`v${live.version.number}`, instant, live.memory);
  return versionSide(parts, live.version, instant, without);
}

const instantSide = (name: string, instant: Instant): Side => ({
  name,
  recollect: instant.recollect,
  prepare: (prompts, signal) => instant.prepare(prompts, "ask", signal),
});

const memorySide = (name: string, instant: Instant, memory: TrainedMemory): Side => ({
  name,
  async prepare(prompts, signal) {
    await Promise.all([instant.prepare(prompts, "ask", signal), memory.prepare(prompts, signal)]);
  },
  recollect: (prompt, options) =>
    combine(instant.recollect(prompt, options), memory.recollect(prompt, options), memory.holds),
});

/** Asks a side as a message would be answered, but for the configured language model. */
export const predictorOf = async (
  { languagePredictor }: SideParts,
  workspace: string,
  { recollect, prepare, model }: Side,
): Promise<Predictor> =>
  model
    ? { ...(await languagePredictor(workspace, model, recollect)), prepare }
    : recallPredictor({ recollect, prepare }, false);
