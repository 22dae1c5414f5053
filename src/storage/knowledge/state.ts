import type { Language } from "../../core/language.ts";

/** How a wording came to its answer. */
export const wordingOrigins = ["taught", "imported", "corrected", "accepted", "merged"] as const;
export type WordingOrigin = (typeof wordingOrigins)[number];

/** Whether a wording speaks for questions like it, or for itself alone. */
export type Reach = "general" | "exact";

/** `rejected`: it never came to be, as somebody else's answer was there before it. */
export type AnswerStatus = "active" | "pending" | "retired" | "rejected" | "merged";

/** What an entry of the ledger is about. */
export type EventSubject = "wording" | "answer" | "mismatch";

/** The words of an answer at one time. */
export type Version = {
  readonly id: string;
  /** `null`: the right answer is to say that it is not known. */
  readonly text: string | null;
  readonly language: Language | null;
  /** The id of the person whose words they are. */
  readonly author: string;
};

export type AnswerState = {
  readonly id: string;
  /** In the order in which they came; the last one is given. */
  readonly versions: readonly Version[];
  /** Whether somebody put its wordings together. */
  readonly declared: boolean;
  readonly status: "active" | "retired" | "merged";
  readonly mergedInto: string | null;
  readonly validUntil: number | null;
  readonly confirmedAt: number | null;
  readonly confirmedBy: string | null;
};

export type WordingState = {
  /** The id of its row. */
  readonly row: string;
  readonly answer: string;
  readonly how: WordingOrigin;
  readonly reach: Reach;
};

/** That an answer is not the one to a question: to this very one, or also to questions near it. */
export type MismatchState = {
  readonly id: string;
  readonly key: string;
  readonly answer: string;
  readonly scope: "exact" | "near";
};

/** Whether a correction also holds for what the question had been taken for. */
export type OpenQuestion = {
  readonly id: string;
  readonly key: string;
  readonly oldAnswer: string;
  readonly newAnswer: string;
};

export const proposalReasons = [
  "conflict",
  "file-against-correction",
  "changed-meanwhile",
] as const;
export type ProposalReason = (typeof proposalReasons)[number];

/** Words that somebody gave for a question that has an answer. */
export type ProposalState = {
  readonly id: string;
  readonly key: string;
  readonly why: ProposalReason;
  /** Its words, where no act brought them along by themselves. */
  readonly text?: string | null;
};

/** What a file said last about one of its items. */
export type SourceItemState = { readonly hash: string; readonly answer: string };

/** What a workspace knows, or a part of it that stands by itself. Keys are those of `keyOf`. */
export type Knowledge = {
  readonly answers: Map<string, AnswerState>;
  /** By key: one active wording each. */
  readonly wordings: Map<string, WordingState>;
  /** By `pairOf(key, answer)`. */
  readonly mismatches: Map<string, MismatchState>;
  /** The open ones. */
  readonly questions: Map<string, OpenQuestion>;
  /** Those that wait. */
  readonly proposals: Map<string, ProposalState>;
  /** By `itemOf(source, item)`. */
  readonly items: Map<string, SourceItemState>;
};

export const noKnowledge = (): Knowledge => ({
  answers: new Map(),
  wordings: new Map(),
  mismatches: new Map(),
  questions: new Map(),
  proposals: new Map(),
  items: new Map(),
});

export const pairOf = (key: string, answer: string): string => `${key} ${answer}`;
export const itemOf = (source: string, item: string): string => `${source} ${item}`;

/** The words that an answer gives now. */
export const textOf = (answer: AnswerState): string | null => answer.versions.at(-1)!.text;

/** The active answer with this id. */
export function activeAnswer(state: Knowledge, id: string | null): AnswerState | undefined {
  const answer = id === null ? undefined : state.answers.get(id);
  return answer?.status === "active" ? answer : undefined;
}

/** The answer to an exactly taught question; `undefined`: it is not taught. */
export const answerAt = (state: Knowledge, key: string): AnswerState | undefined =>
  activeAnswer(state, state.wordings.get(key)?.answer ?? null);

/** The keys that an answer answers, in order. */
export function keysOf(state: Knowledge, answer: string): string[] {
  const keys: string[] = [];
  for (const [key, wording] of state.wordings) if (wording.answer === answer) keys.push(key);
  return keys.toSorted();
}
