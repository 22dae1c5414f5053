import type { Answer } from "../../core/answer.ts";
import type { ChatEvent } from "../../core/chat.ts";
import type { CommandCall } from "../../core/message.ts";
import type { Receipt, ShownTurn } from "./api-types.ts";

/** An answer as the page shows it; after a reload without suggestions. */
export type ShownAnswer = Pick<
  Answer,
  "turnId" | "text" | "known" | "tier" | "score" | "suggestions" | "question" | "understood"
>;
export type ShownReply = Extract<ChatEvent, { kind: "reply" }>;

/** What has come back for a message so far. */
export type Outcome =
  | { readonly kind: "waiting"; readonly text: string }
  | { readonly kind: "stopped"; readonly text: string }
  | { readonly kind: "answered"; readonly answer: ShownAnswer }
  | { readonly kind: "replied"; readonly reply: ShownReply }
  /** `code` is `connection-lost` when the server could not be reached. */
  | { readonly kind: "failed"; readonly code: string; readonly text: string };

/** One entry of the conversation. */
export type Entry =
  | {
      readonly kind: "exchange";
      /** The id of the message, or for one from the history of its turn. */
      readonly id: string;
      readonly prompt: string;
      readonly files: readonly File[];
      /** The button that was pressed instead of writing. */
      readonly call?: CommandCall;
      /** What was understood of its sound files. */
      readonly heard?: readonly string[];
      readonly outcome: Outcome;
    }
  | {
      readonly kind: "imported";
      readonly id: string;
      readonly name: string;
      readonly receipt: Receipt;
    };
export type Exchange = Extract<Entry, { kind: "exchange" }>;

export type Step =
  | {
      readonly kind: "asked";
      readonly id: string;
      readonly prompt: string;
      readonly files: readonly File[];
      readonly call?: CommandCall;
      /** The id of a failed message that this one takes the place of. */
      readonly replaces?: string;
    }
  | { readonly kind: "delta"; readonly id: string; readonly text: string }
  | { readonly kind: "heard"; readonly id: string; readonly text: string }
  | { readonly kind: "settled"; readonly id: string; readonly outcome: Outcome }
  /** Another question of the same message, with its answer. */
  | { readonly kind: "also-answered"; readonly id: string; readonly answer: ShownAnswer }
  | {
      readonly kind: "imported";
      readonly id: string;
      readonly name: string;
      readonly receipt: Receipt;
    }
  | { readonly kind: "earlier"; readonly turns: readonly ShownTurn[] }
  | { readonly kind: "cleared" };

/** The conversation after one more step. */
export function advance(entries: readonly Entry[], step: Step): readonly Entry[] {
  switch (step.kind) {
    case "asked": {
      const { id, prompt, files, call, replaces } = step;
      const others = entries.filter((entry) => entry.id !== replaces);
      return [
        ...others,
        {
          kind: "exchange",
          id,
          prompt,
          files,
          ...(call && { call }),
          outcome: { kind: "waiting", text: "" },
        },
      ];
    }
    case "delta":
      return withOutcome(entries, step.id, (outcome) =>
        outcome.kind === "waiting" ? { kind: "waiting", text: outcome.text + step.text } : outcome,
      );
    case "heard":
      return entries.map((entry) =>
        entry.kind === "exchange" && entry.id === step.id
          ? { ...entry, heard: [...(entry.heard ?? []), step.text] }
          : entry,
      );
    case "also-answered": {
      const { id, answer } = step;
      const outcome = { kind: "answered", answer } as const;
      return [
        ...entries,
        { kind: "exchange", id, prompt: answer.question ?? "", files: [], outcome },
      ];
    }
    case "settled":
      return withOutcome(entries, step.id, () => step.outcome);
    case "imported":
      return [...entries, step];
    case "earlier": {
      const shown = new Set(entries.map(turnIdOf));
      return [...step.turns.filter(({ id }) => !shown.has(id)).map(asEntry), ...entries];
    }
    case "cleared":
      return [];
  }
}

const withOutcome = (
  entries: readonly Entry[],
  id: string,
  change: (outcome: Outcome) => Outcome,
): readonly Entry[] =>
  entries.map((entry) =>
    entry.kind === "exchange" && entry.id === id
      ? { ...entry, outcome: change(entry.outcome) }
      : entry,
  );

/** The turn that answered an entry. */
export const turnIdOf = (entry: Entry): string | undefined =>
  entry.kind === "exchange" && entry.outcome.kind === "answered"
    ? entry.outcome.answer.turnId
    : undefined;

/** A turn of the history as an entry. */
export const asEntry = (turn: ShownTurn): Exchange => ({
  kind: "exchange",
  id: turn.id,
  prompt: turn.prompt,
  files: [],
  outcome: {
    kind: "answered",
    answer: {
      turnId: turn.id,
      text: turn.answer ?? "",
      known: turn.known,
      tier: turn.tier,
      score: turn.score,
      suggestions: [],
    },
  },
});

/** Where an event leaves a message; `undefined` while it is still being answered. */
export function outcomeAt(event: ChatEvent): Outcome | undefined {
  switch (event.kind) {
    case "done":
      return { kind: "answered", answer: event.answer };
    case "reply":
      return { kind: "replied", reply: event };
    case "error":
      return { kind: "failed", code: event.code, text: event.text };
    default:
      return undefined;
  }
}
