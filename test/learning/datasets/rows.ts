import { putTogether, type Draft } from "../../../src/learning/datasets/put-together.ts";
import type { CandidateRow } from "../../../src/learning/datasets/dataset.ts";

let made = 0;

/** A row of a file the operator brought, with what matters to a test. */
export const row = (prompt: string, answer: string | null, given: Partial<CandidateRow> = {}) =>
  ({
    id: `r${String((made += 1)).padStart(8, "0")}`,
    prompt,
    answer,
    label: "positive",
    language: "en",
    tags: [],
    source: "file",
    origin: "file",
    author: "p_0",
    consent: null,
    at: 0,
    ...given,
  }) satisfies CandidateRow;

export const draftOf = (
  candidates: readonly CandidateRow[],
  given: Partial<Parameters<typeof putTogether>[0]> = {},
): Promise<Draft> =>
  putTogether({
    candidates,
    retracted: new Set(),
    known: new Map(),
    salt: "salt",
    attestation: null,
    ...given,
  });
