import type { Attestation, CandidateRow } from "./dataset.ts";

/** Why a row may not train model weights. */
export const deniedReasons = [
  "consent-missing",
  "attestation-missing",
  "origin-denied",
  "origin-unknown",
] as const;
type Eligibility = "allowed" | (typeof deniedReasons)[number];

/**
 * What each origin needs before its rows may train weights. The platforms forbid training on what
 * people wrote to each other, so those are denied whatever anybody says; words given to the bot
 * itself need the consent of the person, item by item; what the operator brings needs the operator's
 * word. See docs/datasets.md.
 */
const needs: Readonly<Record<string, "attestation" | "consent" | "denied">> = {
  console: "attestation",
  cli: "attestation",
  file: "attestation",
  "discord.interaction": "consent",
  "telegram.private": "consent",
  "discord.message": "denied",
  "discord.attachment": "denied",
  "discord.voice": "denied",
  "telegram.group": "denied",
};

/** Whether a row may train model weights. What is not known to be allowed is not. */
export function eligibilityOf(
  { origin, consent }: Pick<CandidateRow, "origin" | "consent">,
  attestation: Attestation | null,
): Eligibility {
  const need = Object.hasOwn(needs, origin) ? needs[origin] : undefined;
  switch (need) {
    case "attestation":
      return attestation === null ? "attestation-missing" : "allowed";
    case "consent":
      return consent === null ? "consent-missing" : "allowed";
    case "denied":
      return "origin-denied";
    case undefined:
      return "origin-unknown";
  }
}

/** How many rows there are of each; only what occurs, `allowed` always. */
export function countEligibility(
  rows: Iterable<CandidateRow>,
  attestation: Attestation | null,
): Readonly<Record<string, number>> {
  const counts: Record<string, number> = { allowed: 0 };
  for (const row of rows) {
    const eligibility = eligibilityOf(row, attestation);
    counts[eligibility] = (counts[eligibility] ?? 0) + 1;
  }
  return counts;
}
