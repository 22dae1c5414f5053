import type { Role } from "../core/person.ts";
import type { ExampleSource, ExampleStatus, Label, Origin } from "../core/example.ts";
import type { Language } from "../core/language.ts";
import type { Tier } from "../core/turn.ts";
import type { DatasetTables } from "./dataset-tables.ts";
import type { DuelTables } from "./duel-tables.ts";
import type { EvaluationTables } from "./evaluation-tables.ts";
import type { JobTables } from "./job-tables.ts";
import type { ModelTables } from "./model-tables.ts";
import type { PromotionTables } from "./promotion-tables.ts";
import type { PlatformNoteTables } from "./platform-note-tables.ts";
import type { PlatformTables, WorkspacePlatformColumns } from "./platform-tables.ts";
import type { VoiceTables } from "./voice-tables.ts";

/** The two database engines: embedded, and a server. */
export type Engine = "sqlite" | "postgres";

/** 0 or 1: neither engine's own booleans, so that one schema fits both. */
export type Flag = 0 | 1;

/** A value as JSON text. */
export type JsonText = string;

/**
 * Every table, the same in both engines. Ids are UUIDv7 text, moments are milliseconds since the
 * epoch, flags are 0 or 1, structured values are JSON text.
 */
export type Schema = DatasetTables &
  DuelTables &
  EvaluationTables &
  JobTables &
  ModelTables &
  PromotionTables &
  PlatformNoteTables &
  PlatformTables &
  VoiceTables & {
    workspace: WorkspacePlatformColumns & {
      name: string;
      persona: string | null;
      voice: "en" | "ru" | "classic" | null;
      review_members: Flag | null;
    };
    person_role: { workspace: string; person: string; role: Role };
    room: {
      workspace: string;
      name: string;
      /** Turns with a greater id belong to the conversation since the last `new`. */
      anew_after: string;
    };
    turn: {
      id: string;
      /** The last six characters of the id, for finding it by its ending. */
      ending: string;
      workspace: string;
      room: string;
      person: string;
      person_name: string;
      message_id: string;
      prompt: string;
      /** The person's own words, where the prompt is what they were taken to ask. */
      said: string | null;
      answer: string | null;
      known: Flag;
      tier: Tier;
      score: number;
      example_ids: JsonText;
      model_version: string;
      language: Language;
      started_at: number;
      finished_at: number | null;
    };
    /** Which platform messages carry an answer, in order. */
    answer_message: { message_id: string; turn_id: string; part: number };
    /** One act of teaching; undoing it sets `undone_at`, nothing is deleted. */
    action: {
      id: string;
      workspace: string;
      kind: "taught" | "corrected" | "rated" | "imported" | "retracted" | "reviewed";
      person: string;
      at: number;
      undone_at: number | null;
      undone_by: string | null;
      /** The platform message that taught, where there was one. */
      message_id: string | null;
    };
    /** The current view of what was taught: what the ledger adds up to. */
    example: {
      id: string;
      action_id: string;
      workspace: string;
      prompt: string;
      answer: string | null;
      label: Label;
      source: ExampleSource;
      origin: Origin;
      author: string;
      consent: JsonText | null;
      /** The status it has when its own action stands and nothing supersedes it. */
      base_status: "pending" | "active" | "rejected";
      status: ExampleStatus;
      superseded_by: string | null;
      turn_id: string | null;
      language: Language | null;
      tags: JsonText;
      created_at: number;
      /** A hash of label, prompt and answer: equal for lessons that are equal word for word. */
      lesson_key: string;
    };
    /** The ledger: append-only, numbered from 1 without gaps in each workspace. */
    example_event: {
      workspace: string;
      position: number;
      action_id: string;
      example_id: string;
      /** What the example became. */
      status: ExampleStatus;
      superseded_by: string | null;
      at: number;
    };
    /** What an action put out of use, and which of its own examples took the place, if any. */
    supersession: { id: string; action_id: string; example_id: string; by_example: string | null };
    /** A preference pair: for `prompt`, `chosen` is better than `rejected`. */
    correction: {
      id: string;
      action_id: string;
      workspace: string;
      /** The turn, or the review item, that was corrected. */
      turn_id: string;
      prompt: string;
      chosen: string;
      /** `null` when the bot had not known an answer. */
      rejected: string | null;
      at: number;
    };
    feedback: {
      id: string;
      action_id: string;
      workspace: string;
      turn_id: string;
      person: string;
      /** `null` for words alone. */
      rating: 1 | -1 | null;
      words: string | null;
      at: number;
    };
    /** Stemmed words of examples; `scope` is a hash of the workspace. */
    example_search: { example_id: string; scope: string; words: string };
  };
