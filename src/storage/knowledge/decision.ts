import type { ProposalReason, Reach, Version, WordingOrigin } from "./state.ts";

/** A wording: the id of its row, and the key of its question. */
export type WordingRow = { readonly row: string; readonly key: string };

export const settlements = ["everywhere", "different", "only-this"] as const;
/** What becomes of an open question. */
export type Settlement = (typeof settlements)[number];

/** A new answer with the wordings that nobody else has. What somebody has becomes a proposal. */
export type TeachDecision = {
  readonly kind: "teach";
  readonly answer: string;
  readonly version: Version;
  readonly declared: boolean;
  readonly how: WordingOrigin;
  readonly wordings: readonly WordingRow[];
  /** Which item of which file it is. */
  readonly from?: { readonly source: string; readonly item: string; readonly hash: string };
};

/**
 * What one step of an act does. It holds what was decided, never what a rule would have to decide anew,
 * so that going through the steps gives the same for ever.
 */
export type Decision =
  | TeachDecision
  /** One more wording of an answer; `take`: whoever has it now. */
  | {
      readonly kind: "reword";
      readonly wording: WordingRow;
      readonly answer: string;
      readonly how: WordingOrigin;
      readonly take?: boolean;
    }
  /** Other words for an answer; a question that was corrected becomes its wording. */
  | {
      readonly kind: "change";
      readonly answer: string;
      readonly version: Version;
      readonly wording?: WordingRow;
    }
  /** An answer of its own for one question. */
  | {
      readonly kind: "here";
      readonly wording: WordingRow;
      readonly answer: string;
      readonly version: Version;
      readonly reach: Reach;
      /** The answer that was given and was wrong here. */
      readonly old: string | null;
      readonly mismatch: string;
      readonly scope: "exact" | "near";
      /** The id of the question that it leaves open. */
      readonly question?: string;
    }
  /** The question belongs to another answer than the one that was given. */
  | {
      readonly kind: "join";
      readonly wording: WordingRow;
      readonly answer: string;
      readonly old: string;
      readonly mismatch: string;
    }
  | {
      readonly kind: "settle";
      readonly question: string;
      readonly as: Settlement;
      /** The id of the version or of the mismatch that comes of it. */
      readonly id: string;
    }
  | {
      readonly kind: "mismatch";
      readonly id: string;
      readonly key: string;
      readonly answer: string;
      readonly scope: "exact" | "near";
    }
  | { readonly kind: "confirm"; readonly answer: string }
  | { readonly kind: "retire"; readonly answer: string }
  /** `row`: only where that row has the key. */
  | {
      readonly kind: "retire-wording";
      readonly key: string;
      readonly row?: string;
      /** What silenced it before answers had an identity. */
      readonly silenced?: "correction" | "rating";
    }
  | { readonly kind: "merge"; readonly from: string; readonly into: string }
  | {
      readonly kind: "split";
      readonly from: string;
      readonly answer: string;
      readonly version: string;
      readonly keys: readonly string[];
    }
  | { readonly kind: "valid-until"; readonly answer: string; readonly until: number | null }
  /** What a file says by now about an item. */
  | {
      readonly kind: "item";
      readonly source: string;
      readonly item: string;
      readonly hash: string;
      readonly answer: string;
      readonly version?: Version;
      readonly wordings?: readonly WordingRow[];
      readonly proposal?: ProposalOf;
    }
  | ({ readonly kind: "propose" } & ProposalOf)
  | { readonly kind: "close-proposal"; readonly proposal: string; readonly key: string }
  /** What waits of an act counts from here on, or never will. */
  | { readonly kind: "approve" | "reject"; readonly act: string };

type ProposalOf = { readonly id: string; readonly key: string; readonly why: ProposalReason };

/** One decision of one act, where it stands in the history of a workspace. */
export type Step = {
  readonly number: number;
  readonly act: string;
  readonly at: number;
  /** The id of the person whose act it is. */
  readonly person: string;
  readonly decision: Decision;
};

/** What a decision reads or changes: answers, questions, keys of questions, items of files. */
export function subjectsOf(decision: Decision): readonly string[] {
  switch (decision.kind) {
    case "teach":
      return [
        decision.answer,
        ...decision.wordings.map(({ key }) => key),
        ...(decision.from ? [itemSubject(decision.from)] : []),
      ];
    case "reword":
      return [decision.answer, decision.wording.key];
    case "change":
      return [decision.answer, ...(decision.wording ? [decision.wording.key] : [])];
    case "here":
      return [
        decision.answer,
        decision.wording.key,
        ...(decision.old === null ? [] : [decision.old]),
        ...(decision.question === undefined ? [] : [decision.question]),
      ];
    case "join":
      return [decision.answer, decision.old, decision.wording.key];
    case "settle":
      return [decision.question];
    case "mismatch":
      return [decision.answer, decision.key];
    case "confirm":
    case "retire":
    case "valid-until":
      return [decision.answer];
    case "retire-wording":
      return [decision.key];
    case "merge":
      return [decision.from, decision.into];
    case "split":
      return [decision.from, decision.answer, ...decision.keys];
    case "item":
      return [
        itemSubject(decision),
        decision.answer,
        ...(decision.wordings ?? []).map(({ key }) => key),
        ...(decision.proposal ? [decision.proposal.key] : []),
      ];
    case "propose":
    case "close-proposal":
      return [decision.key];
    case "approve":
    case "reject":
      return [];
  }
}

const itemSubject = ({ source, item }: { readonly source: string; readonly item: string }) =>
  `${source} ${item}`;
