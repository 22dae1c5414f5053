import { isoDate, now } from "../../core/clock.ts";
import { asApprenticeError } from "../../core/errors.ts";
import type { Log } from "../../core/log.ts";
import type { ModelVersion } from "../../core/model-version.ts";
import type { LiveModels } from "../live/live-models.ts";
import { datasetOf } from "../registry/dataset-of.ts";
import { findDamage } from "./damage.ts";
import type { Found, GateEvidence } from "./evidence.ts";
import type { Examined } from "./examined.ts";
import { readHeldOut } from "./held-out.ts";
import { findLeaks } from "./leakage.ts";
import { askStandingCases, type StandingEvidence } from "./standing-cases.ts";
import { testBoth, type TestParts } from "./test-both.ts";

/** What collecting evidence stands on. */
export type CollectParts = TestParts & {
  /** The data folder. */
  readonly data: string;
  readonly live: Pick<LiveModels, "of">;
  readonly log: Log;
};

/**
 * Examines a candidate against what answers now. What cannot be found out is told as missing, never
 * guessed. Throws only `cancelled`.
 */
export async function collectEvidence(
  parts: CollectParts,
  examined: Examined,
): Promise<GateEvidence> {
  const { data } = parts;
  const { candidate, signal } = examined;
  const { workspace } = candidate;
  const finding = createFinding(parts.log, workspace);
  const live = await parts.live.of(workspace);
  const usable = live?.kind === "unusable" ? undefined : live;
  const retracted = await parts.retracted(workspace);
  const splitOf = (version: ModelVersion) => readHeldOut(data, datasetOf(version), retracted);
  const testOn = async (version: ModelVersion) =>
    testBoth(parts, examined, usable, await splitOf(version), version !== candidate);

  const cases = await finding(() => askStandingCases(parts, examined, usable));
  return {
    against: usable ? `v${usable.version.number}` : "recall",
    hashes: await finding(async () => ({ damaged: await findDamage(data, candidate, signal) })),
    leakage: await finding(async () => findLeaks(parts, candidate, await splitOf(candidate))),
    taught: partOf(cases, "taught"),
    nearMisses: partOf(cases, "nearMisses"),
    test: await finding(() => testOn(candidate)),
    liveTest: await finding(async () =>
      usable && usable.version.dataset.name !== candidate.dataset.name
        ? testOn(usable.version)
        : null,
    ),
    sunset: sunsetOf(candidate),
  };
}

/** Runs a part of the examination; its failure is what is missing. */
const createFinding =
  (log: Log, workspace: string) =>
  async <Evidence>(work: () => Promise<Evidence>): Promise<Found<Evidence>> => {
    try {
      return { found: await work() };
    } catch (thrown) {
      const error = asApprenticeError(thrown);
      const { code, id, values } = error;
      if (code === "cancelled") throw error;
      log.warn("A candidate could not be examined in full", { workspace, code, id });
      return { missing: { code, values } };
    }
  };

const partOf = <Key extends keyof StandingEvidence>(
  cases: Found<StandingEvidence>,
  key: Key,
): Found<StandingEvidence[Key]> => ("found" in cases ? { found: cases.found[key] } : cases);

const dayInMilliseconds = 86_400_000;

/** A date that cannot be read counts as no day left. */
function sunsetOf({ sunset }: ModelVersion): GateEvidence["sunset"] {
  if (sunset === null) return { date: null, daysLeft: null };
  const left = (Date.parse(sunset) - Date.parse(isoDate(now()))) / dayInMilliseconds;
  return { date: sunset, daysLeft: Number.isNaN(left) ? 0 : Math.floor(left) };
}
