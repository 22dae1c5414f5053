import { createHash } from "node:crypto";
import type { Consent, Example, Label } from "../core/example.ts";
import type { Schema } from "./schema.ts";
import { indexedWords } from "./search-words.ts";

export type ExampleRow = Schema["example"];

/** Equal for lessons that are equal word for word. */
export const lessonKey = (label: Label, prompt: string, answer: string | null): string =>
  createHash("sha256")
    .update(JSON.stringify([label, prompt, answer]))
    .digest("base64url");

export const asExample = (row: ExampleRow): Example => ({
  id: row.id,
  workspace: row.workspace,
  prompt: row.prompt,
  answer: row.answer,
  label: row.label,
  source: row.source,
  origin: row.origin,
  author: row.author,
  consent: row.consent === null ? null : (JSON.parse(row.consent) as Consent),
  status: row.status,
  supersededBy: row.superseded_by,
  turnId: row.turn_id,
  language: row.language,
  tags: JSON.parse(row.tags) as string[],
  createdAt: row.created_at,
  answerId: row.answer_id,
  reach: row.reach ?? "general",
  isCorrected: row.how === "corrected",
});

/** What full-text search keeps of an example. */
export const searchRow = (example: {
  readonly id: string;
  readonly workspace: string;
  readonly prompt: string;
  readonly answer: string | null;
}): Schema["example_search"] => ({
  example_id: example.id,
  scope: searchScope(example.workspace),
  words: indexedWords(`${example.prompt}\n${example.answer ?? ""}`).join(" "),
});

/** A word that stands for a workspace, so that a search never leaves it. */
export const searchScope = (workspace: string): string =>
  `scope${createHash("sha256").update(workspace).digest("hex").slice(0, 24)}`;
