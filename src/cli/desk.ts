import type { AskAnswer } from "../core/ask.ts";
import type { WholeFile } from "../core/attachment.ts";
import type { Job, JobState } from "../core/job.ts";
import type { Json, Reply } from "../core/reply.ts";
import type { KnowledgeFile } from "../learning/preview-file.ts";
import type { Receipt } from "../learning/teaching.ts";

/**
 * What the command line works with, for one workspace: the data folder itself, or the Apprentice
 * that is already running on it.
 */
export type Desk = {
  runCommand(
    name: string,
    values: Readonly<Record<string, Json>>,
    files?: readonly WholeFile[],
  ): Promise<Reply>;
  /** Recall's answers, in the order of the prompts. */
  ask(prompts: readonly string[]): AsyncIterable<AskAnswer>;
  /** What was taught, or the id of the job that teaches it. */
  importFile(
    file: KnowledgeFile,
    progress: Progress,
  ): Promise<{ readonly receipt: Receipt } | { readonly jobId: string }>;
  /** All active examples as JSON Lines. */
  exportExamples(): AsyncIterable<string>;
  /**
   * Reads what was taught with the encoder that was just chosen; `false`: the Apprentice that is running
   * does it by itself, in the background.
   */
  readAnew(progress: Progress): Promise<boolean>;
  /** A job as it goes on, until it has ended. */
  followJob(id: string): AsyncIterable<{ readonly job: Pick<Job, "state" | "progress"> }>;
  /** Ends a job that must not be left half done, and gives how it ended; `undefined`: it goes on later. */
  giveUpJob(id: string): Promise<JobState | undefined>;
  close(): Promise<void>;
};

/** Told how far a long piece of work is, in `of` steps of the stage named. */
export type Progress = (stage: Stage, done: number, of: number) => void;
export type Stage =
  | "downloading"
  | "fitting"
  | "reading"
  | "teaching"
  | "job"
  | "training"
  | "packing"
  | "unpacking";
