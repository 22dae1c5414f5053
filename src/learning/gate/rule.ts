import type { Found, GateEvidence, Missing, TestEvidence } from "./evidence.ts";

/** What a candidate must pass, in the order in which it is told. */
export const checkNames = [
  "hashes",
  "leakage",
  "taught",
  "near-misses",
  "test",
  "live-test",
  "significance",
  "sunset",
] as const;
export type CheckName = (typeof checkNames)[number];

export type Check = {
  readonly name: CheckName;
  /** `missing`: it could not be found out, which stops a promotion as a failure does. */
  readonly state: "passed" | "failed" | "missing" | "overridden";
  /** The numbers it was decided by. */
  readonly values: Readonly<Record<string, string | number>>;
  readonly missing?: Missing;
};

export type Decision = { readonly passes: boolean; readonly checks: readonly Check[] };

export type GateRule = {
  /** How much of the test split a candidate may lose against what answers now, 0..1. */
  readonly margin: number;
  /** An admin's reason to promote without a significant gain. Nothing else can be overridden. */
  readonly override?: string;
};

const significance = 0.05;
/** A model that its provider ends within so many days is not worth going live. */
const leastDaysLeft = 90;

/** Whether a candidate may go live: only when every check passes, and what is missing fails. */
export function decide(evidence: GateEvidence, { margin, override }: GateRule): Decision {
  const checks = [
    judged("hashes", evidence.hashes, ({ damaged }) => [
      damaged.length === 0,
      { count: damaged.length, files: damaged.join(", ") },
    ]),
    judged("leakage", evidence.leakage, ({ checked, leaked }) => [
      leaked.length === 0 && checked > 0,
      { count: leaked.length, checked },
    ]),
    judged("taught", evidence.taught, ({ verbatim, variants }) => [
      verbatim.right === verbatim.asked && variants.right >= variants.baselineRight,
      {
        count: verbatim.asked,
        right: verbatim.right,
        variants: variants.asked,
        variantsRight: variants.right,
        baseline: variants.baselineRight,
      },
    ]),
    judged("near-misses", evidence.nearMisses, ({ asked, lost }) => [
      lost === 0,
      { count: asked, lost },
    ]),
    judged("test", evidence.test, (test) => [
      isNotWorse(test, margin),
      { ...numbersOf(test), margin: percent(margin) },
    ]),
    judged("live-test", evidence.liveTest, (test) =>
      test === null
        ? [true, { rows: 0 }]
        : [isNotWorse(test, margin), { ...numbersOf(test), margin: percent(margin) }],
    ),
    overridden(
      judged("significance", evidence.test, ({ wins, losses, p }) => [
        wins > losses && p < significance,
        { wins, losses, p: p < 0.0001 ? "< 0.0001" : `= ${p.toFixed(4)}` },
      ]),
      override,
    ),
    sunsetCheck(evidence.sunset),
  ];
  const passes = checks.every(({ state }) => state === "passed" || state === "overridden");
  return { passes, checks };
}

/** Within the margin, and not so much worse that chance does not explain it. */
function isNotWorse({ rows, right, baselineRight, wins, losses, p }: TestEvidence, margin: number) {
  const lost = (baselineRight - right) / rows;
  return rows > 0 && lost <= margin && !(losses > wins && p < significance);
}

const numbersOf = ({ what, rows, right, baselineRight }: TestEvidence) => ({
  what,
  rows,
  right,
  baselineRight,
  accuracy: percent(right / Math.max(1, rows)),
  baseline: percent(baselineRight / Math.max(1, rows)),
});

/** With one digit after the point. */
const percent = (share: number): number => Math.round(share * 1_000) / 10;

function judged<Evidence>(
  name: CheckName,
  evidence: Found<Evidence>,
  judge: (evidence: Evidence) => readonly [boolean, Check["values"]],
): Check {
  if ("missing" in evidence)
    return { name, state: "missing", values: {}, missing: evidence.missing };
  const [holds, values] = judge(evidence.found);
  return { name, state: holds ? "passed" : "failed", values };
}

/** Only a gain that was measured and is not significant can be overridden, never a missing one. */
const overridden = (check: Check, reason: string | undefined): Check =>
  check.state === "failed" && reason !== undefined
    ? { ...check, state: "overridden", values: { ...check.values, reason } }
    : check;

function sunsetCheck({ date, daysLeft }: GateEvidence["sunset"]): Check {
  const holds = date === null || (daysLeft !== null && daysLeft > leastDaysLeft);
  return {
    name: "sunset",
    state: holds ? "passed" : "failed",
    values: { date: date ?? "", days: daysLeft ?? 0, least: leastDaysLeft },
  };
}
