import type { Flag, JsonText } from "./column-types.ts";
import type { Meaning } from "../core/correction.ts";
import type { FeedbackReason } from "../core/feedback.ts";
import type { Role } from "../core/person.ts";
import type { ExampleSource, ExampleStatus, Label, Origin } from "../core/example.ts";
import type { Language } from "../core/language.ts";
import type { Tier } from "../core/turn.ts";
import type { DatasetTables } from "./dataset-tables.ts";
import type { DuelTables } from "./duel-tables.ts";
import type { EvaluationTables } from "./evaluation-tables.ts";
import type { JobTables } from "./job-tables.ts";
import type { KnowledgeTables } from "./knowledge/tables.ts";
import type { EventSubject, Reach, WordingOrigin } from "./knowledge/state.ts";
import type { ModelTables } from "./model-tables.ts";
import type { PromotionTables } from "./promotion-tables.ts";
import type { PlatformNoteTables } from "./platform-note-tables.ts";
import type { PlatformTables, WorkspacePlatformColumns } from "./platform-tables.ts";
import type { VoiceTables } from "./voice-tables.ts";

/** The two database engines: embedded, and a server. */
export type Engine = "sqlite" | "postgres";

/** What an act of teaching is. */
export type ActionKind =
  | "taught"
  | "corrected"
  | "rated"
  | "imported"
  | "retracted"
  | "reviewed"
  | "reworded"
  | "settled"
  | "mismatched"
  | "retired"
  | "merged"
  | "split"
  | "confirmed";

/**
 * Every table, the same in both engines. Ids are UUIDv7 text, moments are milliseconds since the
 * epoch, flags are 0 or 1, structured values are JSON text.
 */
export type Schema = DatasetTables &
  DuelTables &
  EvaluationTables &
  JobTables &
  KnowledgeTables &
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
      /** Which answer was given, in which words; `null` for words of a language model. */
      answer_id: string | null;
      version_id: string | null;
    };
    /** Which platform messages carry an answer, in order. */
    answer_message: { message_id: string; turn_id: string; part: number };
    /** One act of teaching; undoing it sets `undone_at`, nothing is deleted. */
    action: {
      id: string;
      workspace: string;
      kind: ActionKind;
      person: string;
      at: number;
      undone_at: number | null;
      undone_by: string | null;
      /** The platform message that taught, where there was one. */
      message_id: string | null;
      /** The order of the acts of a workspace, whatever the clock said. */
      number: number;
      /** What is known of it beside its steps, as JSON. */
      detail: JsonText | null;
    };
    /** A wording of an answer, or what not to answer: the current view of what was taught. */
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
      /** Of the question: equal for those that are the very same. */
      prompt_key: string | null;
      /** Which answer it has now, or had last. */
      answer_id: string | null;
      /** Which answer it was taught with; `null` where a decision gave it its answer. */
      base_answer_id: string | null;
      how: WordingOrigin | null;
      reach: Reach | null;
    };
    /** The ledger: append-only, numbered from 1 without gaps in each workspace. */
    example_event: {
      workspace: string;
      position: number;
      action_id: string;
      subject: EventSubject;
      subject_id: string;
      /** What it became. */
      status: ExampleStatus;
      superseded_by: string | null;
      version_id: string | null;
      at: number;
    };
    /** What an action put out of use before answers had an identity. */
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
      answer_id: string | null;
      old_version: string | null;
      new_version: string | null;
      meaning: Meaning | null;
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
      answer_id: string | null;
      version_id: string | null;
      reason: FeedbackReason | null;
    };
    /** Stemmed words of examples; `scope` is a hash of the workspace. */
    example_search: { example_id: string; scope: string; words: string };
  };
