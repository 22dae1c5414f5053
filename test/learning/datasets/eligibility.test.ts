import assert from "node:assert/strict";
import { test } from "node:test";
import { origins } from "../../../src/core/example.ts";
import { countEligibility, eligibilityOf } from "../../../src/learning/datasets/eligibility.ts";
import { row } from "./rows.ts";

const consent = { textVersion: "1", at: 1 };
const attestation = { by: "web:admin", at: "2026-11-21T10:00:00.000Z" };

test("what may train weights: every origin, with and without consent and attestation", () => {
  const table = origins.map((origin) => [
    origin,
    eligibilityOf({ origin, consent: null }, null),
    eligibilityOf({ origin, consent }, null),
    eligibilityOf({ origin, consent: null }, attestation),
    eligibilityOf({ origin, consent }, attestation),
  ]);
  const attested = ["attestation-missing", "attestation-missing", "allowed", "allowed"];
  const consented = ["consent-missing", "allowed", "consent-missing", "allowed"];
  const denied = ["origin-denied", "origin-denied", "origin-denied", "origin-denied"];
  assert.deepEqual(table, [
    ["console", ...attested],
    ["cli", ...attested],
    ["file", ...attested],
    ["discord.interaction", ...consented],
    ["discord.message", ...denied],
    ["discord.attachment", ...denied],
    ["discord.voice", ...denied],
    ["telegram.private", ...consented],
    ["telegram.group", ...denied],
  ]);
});

test("an origin nobody knows is denied, also one that looks like a part of an object", () => {
  for (const origin of ["", "slack", "Console", "toString", "__proto__", "constructor"]) {
    assert.equal(eligibilityOf({ origin, consent }, attestation), "origin-unknown", origin);
  }
});

test("counts are by reason", () => {
  const rows = [row("a", "b"), row("c", "d", { origin: "discord.voice" }), row("e", "f")];
  assert.deepEqual(countEligibility(rows, attestation), { allowed: 2, "origin-denied": 1 });
  assert.deepEqual(countEligibility(rows, null), {
    allowed: 0,
    "attestation-missing": 2,
    "origin-denied": 1,
  });
});
