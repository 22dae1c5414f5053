import type { Effect, Receipt } from "./teaching.ts";

const idsShown = 100;

/** The receipt of an action that added these examples and did nothing else. */
export const receiptFor = (
  actionId: string,
  kind: Receipt["kind"],
  status: Receipt["status"],
  exampleIds: readonly string[],
): Receipt => ({
  actionId,
  kind,
  status,
  exampleIds: exampleIds.slice(0, idsShown),
  added: exampleIds.length,
  superseded: 0,
  skipped: 0,
  conflicts: 0,
});

/** The receipt when there was nothing to change. */
export const nothingDone = (kind: Receipt["kind"], status: Receipt["status"]): Receipt =>
  receiptFor("", kind, status, []);

/** An effect of which only so much is to be said. */
export const effectOf = (
  outcome: Effect["outcome"],
  prompt: string,
  more: Partial<Effect> = {},
): Effect => ({
  outcome,
  meaning: null,
  prompt,
  answerId: null,
  exampleId: null,
  version: null,
  answer: null,
  old: null,
  wording: null,
  changed: [],
  kept: [],
  question: null,
  proposal: null,
  by: null,
  ...more,
});
