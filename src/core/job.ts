import type { ErrorCode, ErrorValues } from "./errors.ts";
import type { Language } from "./language.ts";
import type { PlatformName } from "./message.ts";
import type { Json } from "./reply.ts";

/** Long work that survives restarts. */
export const jobKinds = ["train", "evaluate", "import", "archive"] as const;
export type JobKind = (typeof jobKinds)[number];

/**
 * `lost`: the outside system that did the work no longer knows it. The last four are final; a final
 * job can only be tried again as a new one.
 */
export const jobStates = [
  "queued",
  "running",
  "paused",
  "succeeded",
  "failed",
  "cancelled",
  "lost",
] as const;
export type JobState = (typeof jobStates)[number];

/** The states of a job that something may still come of. */
export const openJobStates = ["queued", "running", "paused"] as const satisfies JobState[];

const open: ReadonlySet<JobState> = new Set(openJobStates);

/** Whether nothing more will come of a job. */
export const isFinal = (state: JobState): boolean => !open.has(state);

/** How far a job is. */
export type JobProgress = {
  readonly step: number;
  /** `null` while nobody can tell. */
  readonly total: number | null;
  /** Steps per second, lately. */
  readonly rate: number | null;
  /** In seconds. */
  readonly remaining: number | null;
};

/** One point of a job's history, numbered from 1. */
export type JobEvent = {
  readonly number: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
} & JobNews;

/** What Apprentice itself says on the way of a job; `texts/` has the words of each as `job-note.CODE`. */
export const jobNoteCodes = [
  "rows-read",
  "similarity-only",
  "lines-left-out",
  "files-left",
  "pausing-refused",
  "not-served",
] as const;

/** Something said by a code, so that everybody reads it in their own language. */
export type JobNote = {
  readonly code: (typeof jobNoteCodes)[number];
  readonly values: ErrorValues;
  /** A warning, and no mere line of the log. */
  readonly warns: boolean;
  /** The failure behind it. */
  readonly failure?: JobFailure;
};

/**
 * What a job tells: a change of state, measured values, and lines of its log. A `log` or `warning` is what
 * an outside program or service said, as it said it; what Apprentice says is a `note`.
 */
export type JobNews =
  | { readonly kind: "state"; readonly state: JobState }
  | { readonly kind: "log" | "warning"; readonly text: string }
  | ({ readonly kind: "note" } & JobNote)
  | {
      readonly kind: "metric";
      readonly step: number;
      readonly values: Readonly<Record<string, number>>;
    }
  | { readonly kind: "checkpoint"; readonly step: number; readonly name: string };

/** What a job is expected to cost, or has cost. `null`: nobody can tell. */
export type JobCost = {
  readonly seconds: number | null;
  readonly tokens: number | null;
  /** US dollars; 0 where one's own machine works. */
  readonly dollars: number | null;
};

/** Where the person is who started a job, so that news find them; `messageId` is edited, not repeated. */
export type JobPlace = {
  readonly platform: PlatformName;
  readonly room: string;
  readonly messageId: string | null;
  /** The person's language when the job was started. */
  readonly language: Language;
};

/** Why a job failed: a permanent error code with its values, and the id that finds the log line. */
export type JobFailure = {
  readonly code: ErrorCode;
  readonly values: ErrorValues;
  readonly id: string;
};

/** One durable piece of long work. */
export type Job = {
  /** Made before anything starts: the key by which outside systems know the job too. */
  readonly id: string;
  readonly workspace: string;
  readonly kind: JobKind;
  readonly state: JobState;
  /** What is to be done, as the kind understands it. */
  readonly order: Json;
  readonly progress: JobProgress | null;
  /** What came of it, as the kind understands it. */
  readonly result: Json | null;
  readonly failure: JobFailure | null;
  readonly estimate: JobCost | null;
  readonly cost: JobCost | null;
  readonly person: string;
  readonly place: JobPlace;
  /** How often it was begun; a job that keeps taking the process down with it is given up. */
  readonly attempts: number;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
};
