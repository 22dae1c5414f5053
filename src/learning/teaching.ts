import type { Consent, Label, Origin } from "../core/example.ts";
import type { Person } from "../core/person.ts";
import type { Turn } from "../core/turn.ts";
import type { Action } from "../storage/actions.ts";
import type { Query } from "../storage/database.ts";

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
  /** Supersede other answers to the same prompt instead of refusing with `teaching-conflict`. */
  readonly replace?: boolean;
};

/** What teaching did: shown to the person, and the handle for undo. */
export type Receipt = {
  /** Empty when nothing changed, so that there is nothing to undo. */
  readonly actionId: string;
  readonly kind: "taught" | "corrected" | "rated" | "imported" | "reviewed";
  /** `pending`: waits for review and is not used yet. */
  readonly status: "active" | "pending";
  /** The first 100 of the examples it made. */
  readonly exampleIds: readonly string[];
  readonly added: number;
  /** How many examples lost to this one. */
  readonly superseded: number;
  /** Rows that were already known word for word. */
  readonly skipped: number;
  /** Positive examples made that say something else than an active example with the same prompt. */
  readonly conflicts: number;
};

/** At least one of the two. */
export type Rating = { readonly rating?: 1 | -1; readonly words?: string };

/** That one answer to a question is better than another. */
export type Preference = {
  readonly prompt: string;
  readonly chosen: string;
  /** `null`: the other one did not know. */
  readonly rejected: string | null;
  /** The blind comparison in which it was chosen. */
  readonly duelId: string;
};

/** What a trainer decides about an item of the review queue. */
export type Verdict =
  | { readonly kind: "approve" }
  /** With a better answer. */
  | { readonly kind: "edit"; readonly answer: string }
  | { readonly kind: "reject" };

export type Undone = {
  readonly actionId: string;
  readonly kind: Action["kind"];
  readonly removed: number;
  readonly restored: number;
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
  /**
   * Replaces the answer of a turn, and of no other question: a positive example, a negative one, and a
   * preference pair.
   */
  correct(teacher: Teacher, turn: Turn, answer: string, restated?: string): Promise<Receipt>;
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
};
