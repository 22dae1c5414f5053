import type { Meaning } from "../core/correction.ts";
import type { Consent, Label, Origin } from "../core/example.ts";
import type { FeedbackReason } from "../core/feedback.ts";
import type { Person } from "../core/person.ts";
import type { Turn } from "../core/turn.ts";
import type { Action } from "../storage/actions.ts";
import type { Query } from "../storage/query.ts";
import type { Settlement } from "../storage/knowledge/decision.ts";
import type { ActionKind } from "../storage/schema.ts";

/** Who teaches, where, and through what. */
export type Teacher = {
  readonly workspace: string;
  readonly person: Person;
  readonly origin: Origin;
  readonly consent?: Consent;
  /** The platform message that teaches: when it is deleted, what still waits for review goes too. */
  readonly messageId?: string;
};

export type Lesson = {
  readonly prompt: string;
  /** `null`: the right answer is to say that it is not known. */
  readonly answer: string | null;
  readonly label: Label;
  readonly tags?: readonly string[];
  /** Correct the answer that the question has, instead of proposing another one. */
  readonly replace?: boolean;
  /** Which item of its file it belongs to: those of one item are wordings of one answer. */
  readonly item?: LessonItem;
};

/** An item of a file: an answer with its questions. */
export type LessonItem = {
  /** Its name in the file, else its first question as it is compared. */
  readonly name: string;
  /** Whether the file put its wordings together. */
  readonly declared: boolean;
};

/** What became of a question. */
export type Outcome =
  /** It has an answer now, and had none. */
  | "new"
  /** It had this answer, which is noted as still right. */
  | "confirmed"
  /** It has another answer, which stays. What was said waits as a proposal. */
  | "taken"
  /** Its answer says something else now, for all of its wordings. */
  | "changed"
  /** It has an answer of its own now. */
  | "here"
  /** It is a wording of another answer now. */
  | "joined"
  /** Its answer was changed after it was seen; what was said waits as a proposal. */
  | "meanwhile"
  /** It has this answer already. */
  | "same"
  /** It waits for a review. */
  | "waits";

/** What an act did to the answers, so that it can be told, and settled. */
export type Effect = {
  readonly outcome: Outcome;
  /** How far a correction reaches. */
  readonly meaning: Meaning | null;
  readonly prompt: string;
  readonly answerId: string | null;
  /** The example that answers the question now. */
  readonly exampleId: string | null;
  /** The number of the version that is given now. */
  readonly version: number | null;
  /** What the question is answered with now. */
  readonly answer: string | null;
  /** What it was answered with before. */
  readonly old: string | null;
  /** The first wording of the answer that it was taken for, or joined. */
  readonly wording: string | null;
  /** Questions whose answer is another one now, and those of the answer that stays. */
  readonly changed: readonly string[];
  readonly kept: readonly string[];
  /** Whether it holds for what the question was taken for, too: asked, and how likely it is. */
  readonly question: { readonly id: string; readonly guess: number } | null;
  /** What waits as a proposal. */
  readonly proposal: string | null;
  /** Who said what stands, and when. */
  readonly by: { readonly author: string; readonly at: number } | null;
};

/** What teaching did: shown to the person, and the handle for undo. */
export type Receipt = {
  /** Empty when nothing changed, so that there is nothing to undo. */
  readonly actionId: string;
  readonly kind: ActionKind;
  /** `pending`: waits for review and is not used yet. */
  readonly status: "active" | "pending";
  /** The first 100 of the examples it made. */
  readonly exampleIds: readonly string[];
  readonly added: number;
  /** How many examples lost to this one. */
  readonly superseded: number;
  /** Rows that were already known word for word. */
  readonly skipped: number;
  /** Lessons that say something else than the answer that stands, and wait as proposals. */
  readonly conflicts: number;
  /** What became of the question, where it is about one. */
  readonly effect?: Effect;
  /** What came of each item of a file. */
  readonly items?: ItemCounts;
};

/** What an import did to the items of a file. */
export type ItemCounts = {
  readonly new: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Corrected here since: the correction stays. */
  readonly kept: number;
  /** Changed in the file and here: they wait as proposals. */
  readonly both: number;
  /** In conflict with what others were taught. */
  readonly conflicts: number;
  /** No longer in the file. */
  readonly gone: number;
};

/** At least one of the two. */
export type Rating = {
  readonly rating?: 1 | -1;
  readonly words?: string;
  /** What is wrong. */
  readonly reason?: FeedbackReason;
};

/** How a correction is meant. */
export type CorrectOptions = {
  /** The question in the teacher's own words. */
  readonly restated?: string;
  /** How far it reaches; nobody is asked then, unless it is to stay open. */
  readonly meaning?: Meaning;
};

/** That one answer to a question is better than another. */
export type Preference = {
  readonly prompt: string;
  readonly chosen: string;
  /** `null`: the other one did not know. */
  readonly rejected: string | null;
  /** The blind comparison in which it was chosen. */
  readonly duelId: string;
};

/** What is done to an answer as a whole. */
export type AnswerEdit =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "confirm" }
  | { readonly kind: "retire" }
  | { readonly kind: "retire-wording"; readonly prompt: string }
  | { readonly kind: "merge"; readonly into: string }
  | { readonly kind: "split"; readonly prompts: readonly string[] }
  | { readonly kind: "valid-until"; readonly until: number | null };

/** What becomes of a proposal. */
export type ProposalVerdict = "replace" | "only-this" | "keep";

/** What a trainer decides about an item of the review queue. */
export type Verdict =
  | { readonly kind: "approve" }
  /** With a better answer. */
  | { readonly kind: "edit"; readonly answer: string }
  | { readonly kind: "reject" };

export type Undone = {
  readonly actionId: string;
  readonly kind: Action["kind"];
  /** How many examples do not count any more, and how many do again, or say something else. */
  readonly removed: number;
  readonly restored: number;
  /** A question that it was about, and what that is answered with now; `null`: it is not known. */
  readonly now: { readonly prompt: string; readonly answer: string | null } | null;
  /** How many later changes rested on it and have no effect now. */
  readonly fell: number;
};

/** What a person agreed about. */
export type Consented = { readonly actionId: string; readonly exampleIds: readonly string[] };

/** How much of a person was removed, and the examples that hold no words any more. */
export type Forgotten = {
  readonly questions: number;
  readonly lessons: number;
  readonly ratings: number;
  readonly exampleIds: readonly string[];
};

export type ImportOptions = {
  readonly signal?: AbortSignal;
  readonly progress?: (done: number) => void;
  /** These lessons are a part of an act that others go on with. */
  readonly part?: ImportPart;
  /** Which file they come from: what it said before is compared with what it says now. */
  readonly source?: string;
  /** Lets what the file says take the place of what was corrected here. */
  readonly takeFile?: boolean;
  /** Retires what the file does not have any more. */
  readonly prune?: boolean;
};

/** A part of an act that is too large to be written at once. */
export type ImportPart = {
  /** The act: undo takes all its parts back together. One that was undone is not gone on with. */
  readonly actionId: string;
  /** Notes in the part's own transaction that it is done; a failure leaves the part undone. */
  done(query: Query, receipt: Receipt): Promise<void>;
};

/** What was taken out of recall and of later dataset versions. */
export type Retracted = {
  readonly actionId: string;
  readonly exampleId: string;
  /** `null` for a row that only datasets hold. */
  readonly prompt: string | null;
  readonly answer: string | null;
};

/**
 * Everything that changes what is known. When a call resolves, the change is on disk and the next
 * answer uses it.
 */
export type Teaching = {
  teach(teacher: Teacher, lesson: Lesson): Promise<Receipt>;
  /** Gives the question of a turn the right answer, and no other question unless that is meant. */
  correct(teacher: Teacher, turn: Turn, answer: string, options?: CorrectOptions): Promise<Receipt>;
  /** Says whether a correction also holds for what its question was taken for. */
  settle(teacher: Teacher, questionId: string, as: Settlement): Promise<Receipt>;
  /** Says that the answer of a turn belongs to another question than was asked. */
  notAsked(teacher: Teacher, turn: Turn): Promise<Receipt>;
  /** Makes a question one more wording of an answer. */
  reword(teacher: Teacher, prompt: string, answerId: string): Promise<Receipt>;
  /** Changes an answer for all of its wordings. */
  edit(teacher: Teacher, answerId: string, edit: AnswerEdit): Promise<Receipt>;
  /** Takes what was proposed, for all wordings or for its question alone, or leaves it. */
  decide(teacher: Teacher, proposalId: string, as: ProposalVerdict): Promise<Receipt>;
  /** Rates a turn: a note with the answer, which removes no knowledge. */
  rate(teacher: Teacher, turn: Turn, rating: Rating): Promise<Receipt>;
  /** Teaches what was chosen in a blind comparison: both examples and the preference pair. */
  prefer(teacher: Teacher, preference: Preference): Promise<Receipt>;
  /** Teaches many lessons, all or none. Throws `cancelled`. */
  importLessons(
    teacher: Teacher,
    lessons: readonly Lesson[],
    options?: ImportOptions,
  ): Promise<Receipt>;
  /** Settles an item of the review queue, named by its id or the ending of it. */
  review(teacher: Teacher, itemId: string, verdict: Verdict): Promise<Receipt>;
  /** Takes one example, by its id or the end of it, out of recall and of later dataset versions. */
  retract(teacher: Teacher, exampleId: string, reason: string): Promise<Retracted>;
  /** Takes back what a message taught, as far as it still waits for review. Gives the actions' ids. */
  withdraw(workspace: string, messageId: string): Promise<readonly string[]>;
  /** Gives or takes back the leave to train weights with what an action of the person taught. */
  consent(
    teacher: Teacher,
    actionId: string | undefined,
    consent: Consent | null,
  ): Promise<Consented>;
  /** Forgets a person here: what they taught is undone, and their words are removed for good. */
  forget(workspace: string, person: string): Promise<Forgotten>;
  /** Takes back one action exactly: the given one, or the person's last. */
  undo(teacher: Teacher, actionId?: string): Promise<Undone>;
  /** Lets an action that was taken back count again, exactly as if it had never been. */
  redo(teacher: Teacher, actionId: string): Promise<Undone>;
};
