import type { Answer } from "../core/answer.ts";
import type { Origin } from "../core/example.ts";
import type { TaughtOnlyPlaces } from "../core/community.ts";
import type { Language } from "../core/language.ts";
import type { Message } from "../core/message.ts";
import type { Json } from "../core/reply.ts";
import type { VoiceMemory, VoiceRooms } from "../core/voice-rooms.ts";
import type { Turn } from "../core/turn.ts";
import type { Evaluations } from "../learning/evaluation/evaluate.ts";
import type { Jobs } from "../learning/jobs/jobs.ts";
import type { ReviewQueue } from "../learning/review.ts";
import type { Archiving } from "../learning/datasets/archiving.ts";
import type { Datasets } from "../learning/datasets/datasets.ts";
import type { Duels } from "../learning/duel/duels.ts";
import type { Promotions } from "../learning/gate/promotions.ts";
import type { Lineages } from "../learning/registry/lineage.ts";
import type { Registry } from "../learning/registry/registry.ts";
import type { SearchExamples } from "../learning/search-examples.ts";
import type { Training } from "../learning/start-training.ts";
import type { Teacher, Teaching } from "../learning/teaching.ts";
import type { Uploads } from "../learning/uploads.ts";
import type { Examples } from "../storage/examples.ts";
import type { KnownAnswers } from "../storage/known-answers.ts";
import type { PersonalData } from "../storage/personal-data.ts";
import type { Library } from "../storage/library.ts";
import type { Turns } from "../storage/turns.ts";
import type { Workspaces } from "../storage/workspaces.ts";
import type { TextKey } from "../texts/en.ts";
import type { TextValues, Voice } from "../texts/say.ts";
import type { CommandForm } from "./command-form.ts";

/** What every command can lean on. The same for all messages. */
export type CommandParts = {
  readonly commands: readonly CommandForm[];
  readonly teaching: Teaching;
  readonly examples: Examples;
  /** What is known, by answer. */
  readonly knownAnswers: KnownAnswers;
  readonly searchExamples: SearchExamples;
  readonly turns: Turns;
  readonly workspaces: Workspaces;
  readonly library: Library;
  readonly datasets: Datasets;
  readonly archiving: Archiving;
  readonly evaluations: Evaluations;
  readonly training: Training;
  readonly jobs: Jobs;
  /** Files that wait until their sender has said what they are. */
  readonly uploads: Uploads;
  /** Stops the answer that is being made in a message's room; `foreign`: another one's, not theirs. */
  stopAnswer(message: Message): "stopped" | "nothing" | "foreign";
  /** Whether what members teach waits for review where a workspace has not said. */
  readonly reviewMembers: boolean;
  /** Where a language model answers only from what was taught, if a workspace has not said. */
  readonly taughtOnly: TaughtOnlyPlaces;
  /** The trained models, and the names they stand under. */
  readonly registry: Registry;
  readonly promotions: Promotions;
  /** Blind comparisons of two answerers. */
  readonly duels: Duels;
  /** What stands behind trained models. */
  readonly lineage: Lineages;
  /** What waits for a trainer. */
  readonly review: ReviewQueue;
  readonly voiceMemory: VoiceMemory;
  /** Where a platform that is on has voice rooms. */
  readonly voiceRooms: VoiceRooms | undefined;
  /** Answers a prompt as if it had been written in the room, to the end. */
  respond(message: Message, signal: AbortSignal): Promise<Answer | undefined>;
  readonly privacy: Privacy;
  /** What is on, what is off and why. */
  status(workspace: string): Promise<StatusReport>;
};

/** What is kept about people, and who answers for it. */
export type Privacy = {
  /** Who runs this, and where their policy is; empty when nobody has said. */
  readonly operator: string;
  readonly url: string;
  data(workspace: string, person: string): Promise<PersonalData>;
};

/** One line of `status` and `doctor`. */
export type StatusLine = {
  readonly part: string;
  readonly state: "on" | "off" | "problem";
  /** Says what it is, or why it is off and what to do. */
  readonly key: TextKey;
  readonly values: TextValues;
};
export type StatusReport = {
  readonly version: string;
  readonly workspace: string;
  readonly lines: readonly StatusLine[];
  readonly facts: { readonly [name: string]: Json };
};

/** What a command knows about the message that called it. */
export type CommandContext = CommandParts & {
  readonly message: Message;
  readonly prefix: string;
  /** What they start with in chats of a workspace that has not chosen its own. */
  readonly chatPrefix: string;
  readonly voice: Voice;
  readonly language: Language;
  readonly teacher: Teacher;
  readonly signal: AbortSignal;
  /** Shows how far long work is, where the reply will stand. */
  progress(text: string): void;
  /** Says a text in the person's voice. */
  say(key: TextKey, values?: TextValues): string;
  /**
   * The turn meant by a reference: an id or its ending, a message link or id, `last`, or without one
   * the message replied to, else the last answer in the room. Throws `turn-missing`.
   */
  turn(reference?: string): Promise<Turn>;
};

/** Where words typed here come from, for the training rules. */
export function originOf(message: Message): Origin {
  switch (message.platform) {
    case "web":
      return "console";
    case "cli":
      return "cli";
    case "discord":
      if (message.via === "command") return "discord.interaction";
      return message.via === "voice" ? "discord.voice" : "discord.message";
    case "telegram":
      return message.room === message.workspace && message.addressed
        ? "telegram.private"
        : "telegram.group";
  }
}
