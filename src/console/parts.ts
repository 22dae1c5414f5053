import type { AskAnswer } from "../core/ask.ts";
import type { WholeFile } from "../core/attachment.ts";
import type { ChatEvent, ChatInput } from "../core/chat.ts";
import type { Language } from "../core/language.ts";
import type { Log } from "../core/log.ts";
import type { Person } from "../core/person.ts";
import type { Json, Reply } from "../core/reply.ts";
import type { OpenVoiceLine } from "../core/voice-line.ts";
import type { StatusReport } from "../commands/context.ts";
import type { KnowledgeFile } from "../learning/preview-file.ts";
import type { Imported } from "../learning/importers/importer.ts";
import type { Datasets } from "../learning/datasets/datasets.ts";
import type { Jobs } from "../learning/jobs/jobs.ts";
import type { Evaluations } from "../learning/evaluation/evaluate.ts";
import type { Promotions } from "../learning/gate/promotions.ts";
import type { Lineages } from "../learning/registry/lineage.ts";
import type { Registry } from "../learning/registry/registry.ts";
import type { ImportBegun } from "../learning/import-file.ts";
import type { Teaching } from "../learning/teaching.ts";
import type { SearchExamples } from "../learning/search-examples.ts";
import type { Examples } from "../storage/examples.ts";
import type { KnownAnswers } from "../storage/known-answers.ts";
import type { Turns } from "../storage/turns.ts";

/** Everything the console leans on. */
export type ConsoleParts = {
  readonly address: ConsoleAddress;
  readonly version: string;
  readonly log: Log;
  /** The folder of the built pages; a promise while they are being built. */
  readonly pagesFolder: string | Promise<string>;
  /** Whether speech is understood here. */
  readonly hears: boolean;
  /** The largest upload, in megabytes. */
  readonly uploadMegabytes: number;
  readonly place: ConsolePlace;
  readonly turns: Turns;
  readonly examples: Examples;
  readonly knownAnswers: Pick<KnownAnswers, "find">;
  readonly searchExamples: SearchExamples;
  readonly teaching: Teaching;
  readonly jobs: Jobs;
  readonly datasets: Pick<Datasets, "names" | "current" | "describe">;
  readonly registry: Pick<Registry, "aliases" | "find" | "list" | "under">;
  readonly models: ModelOperations;
  readonly operations: ConsoleOperations;
};

/** Who answers, and what stands behind trained models. */
export type ModelOperations = {
  readonly promotions: Promotions;
  readonly lineage: Lineages;
  readonly evaluations: Pick<Evaluations, "ofVersion">;
};

/** Where the console listens and who may come in. */
export type ConsoleAddress = {
  /** The host to bind to: `127.0.0.1`, or `0.0.0.0` for a whole network. */
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** The secret of this run; whoever has it may do everything. */
  readonly token: string;
  /** Further host names it answers to, for a reverse proxy. */
  readonly hosts?: readonly string[];
};

/** The community, the room and the person that the console speaks for. */
export type ConsolePlace = {
  readonly workspace: string;
  readonly room: string;
  readonly person: Person;
  /** For browsers that ask for a language we do not speak. */
  readonly language: Language;
  /** What a command in the chat begins with. */
  readonly prefix: string;
};

/**
 * What the rest of the application does for the console. A program may name another workspace; the
 * pages never do.
 */
export type ConsoleOperations = {
  /** Sends a message through the one door. Aborting the signal stops the answer. */
  chat(input: ChatInput, signal: AbortSignal): AsyncIterable<ChatEvent>;
  commands(language: Language): readonly CommandSummary[];
  /** Runs a command as the console's person. Throws what the command throws. */
  runCommand(
    name: string,
    values: Readonly<Record<string, Json>>,
    options: {
      readonly workspace?: string;
      readonly files: readonly WholeFile[];
      readonly room: string;
      readonly language: Language;
      readonly signal: AbortSignal;
    },
  ): Promise<Reply>;
  /** Answers without a conversation, as the command line does. */
  ask(
    prompt: string,
    options: { readonly workspace: string; readonly signal: AbortSignal },
  ): Promise<AskAnswer>;
  /** What a knowledge file holds, without teaching it. Throws `import-format`. */
  previewFile(file: KnowledgeFile): Promise<Imported>;
  /** Teaches a whole knowledge file or nothing of it; a long one as a job. Throws as `importFile` does. */
  importFile(
    file: KnowledgeFile,
    options: {
      readonly workspace?: string;
      readonly language: Language;
      readonly signal: AbortSignal;
      readonly progress: (done: number, total: number) => void;
    },
  ): Promise<ImportBegun>;
  /** All active examples as JSON Lines, in pieces of any size. */
  exportExamples(signal: AbortSignal, workspace?: string): AsyncIterable<string>;
  status(workspace?: string): Promise<StatusReport>;
  /** Begins to talk with a page. Throws when the engines of speech cannot be opened. */
  talk: OpenVoiceLine;
};

export type CommandSummary = {
  readonly name: string;
  readonly about: string;
  readonly usage: string;
};
