import type { Language } from "./language.ts";

/** `positive`: answer like this. `negative`: do not answer like this. */
export const labels = ["positive", "negative"] as const;
export type Label = (typeof labels)[number];

/** How an example came to be. */
export const exampleSources = ["taught", "corrected", "rated", "imported"] as const;
export type ExampleSource = (typeof exampleSources)[number];

/** Where the words came from; what may train weights depends on it. */
export const origins = [
  "console",
  "cli",
  "file",
  "discord.interaction",
  "discord.message",
  "discord.attachment",
  "discord.voice",
  "telegram.private",
  "telegram.group",
] as const;
export type Origin = (typeof origins)[number];

/**
 * `pending` waits for review; `superseded` lost to a correction; `retracted` was taken back;
 * `rejected` did not pass review. Only `active` examples are recalled.
 */
export const exampleStatuses = [
  "pending",
  "active",
  "superseded",
  "retracted",
  "rejected",
] as const;
export type ExampleStatus = (typeof exampleStatuses)[number];

/** Leave to train model weights with an example, given for one wording of the question. */
export type Consent = { readonly textVersion: string; readonly at: number };

/** One taught thing: a wording of an answer, or what not to answer. */
export type Example = {
  readonly id: string;
  readonly workspace: string;
  readonly prompt: string;
  /** `null`: the right answer is to say that it is not known. */
  readonly answer: string | null;
  readonly label: Label;
  readonly source: ExampleSource;
  readonly origin: Origin;
  /** The id of the person who taught it. */
  readonly author: string;
  readonly consent: Consent | null;
  readonly status: ExampleStatus;
  /** The example that took its place. */
  readonly supersededBy: string | null;
  /** The turn it corrects or rates. */
  readonly turnId: string | null;
  readonly language: Language | null;
  readonly tags: readonly string[];
  readonly createdAt: number;
  /** Of a positive example: the answer that it is a wording of, or was last. */
  readonly answerId: string | null;
  /** `exact`: it answers these very words alone. */
  readonly reach: "general" | "exact";
  /** Whether a correction gave the question its answer. */
  readonly isCorrected: boolean;
};
