import { isoDate } from "../core/clock.ts";
import type { ReplyButton } from "../core/reply.ts";
import type { Effect, Receipt } from "../learning/teaching.ts";
import { shorten } from "./shorten.ts";
import type { CommandContext } from "./context.ts";

type Reader = Pick<CommandContext, "say"> & Partial<Pick<CommandContext, "message">>;

const maxQuoteLength = 200;
/** From this likelihood on, "there too" is the button that stands out. */
const likely = 0.7;

/** What an act did to the answers, in a sentence or two. */
export function effectWords({ kind, effect }: WithEffect, { say, message }: Reader): string {
  const { outcome, meaning, changed, by } = effect;
  const values = {
    prompt: quoted(effect.prompt),
    answer: effect.answer === null ? say("effect.unknown") : quoted(effect.answer),
    old: effect.old === null ? say("effect.unknown") : quoted(effect.old),
    wording: quoted(effect.wording ?? effect.prompt),
    author: by?.author ?? "",
    date: by ? isoDate(by.at) : "",
  };
  switch (outcome) {
    case "new":
      return join(
        say("effect.new", values),
        meaning === "only-this" && say("effect.only-this", values),
      );
    case "changed": {
      if (kind === "settled")
        return say("effect.settled-everywhere", { ...values, count: changed.length });
      const others = changed.length - 1;
      return join(
        say("effect.changed", values),
        others > 0 && say("effect.changed-too", { count: others }),
      );
    }
    case "here":
      if (kind === "mismatched") return say("effect.not-asked");
      if (meaning === "open")
        return say(message?.via === "voice" ? "effect.spoken-open" : "effect.here-open", values);
      if (meaning === "only-this")
        return kind === "settled"
          ? say("effect.only-this", values)
          : join(say("effect.new", values), say("effect.only-this", values));
      return say(kind === "settled" ? "effect.settled-different" : "effect.here-different", values);
    case "waits":
      return say(kind === "mismatched" ? "effect.not-asked-taught" : "effect.waits");
    case "joined":
    case "taken":
    case "confirmed":
    case "same":
    case "meanwhile":
      return say(`effect.${outcome}`, values);
  }
}

type WithEffect = Pick<Receipt, "kind"> & { readonly effect: Effect };

/** What can be said about it with one press. */
export function effectButtons(
  { kind, effect, actionId }: WithEffect & Pick<Receipt, "actionId">,
  { say }: Reader,
): readonly ReplyButton[] {
  const { outcome, question, proposal, changed } = effect;
  if (question !== null) {
    const settle = (as: string) => ({ name: "settle", values: { question: question.id, as } });
    return [
      {
        label: say("effect.yes-there-too"),
        call: settle("everywhere"),
        ...(question.guess >= likely && { style: "good" as const }),
      },
      { label: say("effect.no-another"), call: settle("different") },
    ];
  }
  if (proposal !== null && (outcome === "taken" || outcome === "meanwhile")) {
    const decide = (as: string) => ({ name: "proposal", values: { id: proposal, as } });
    const isTaken = outcome === "taken";
    return [
      {
        label: say(isTaken ? "effect.replace" : "effect.take-mine"),
        call: decide("replace"),
      },
      ...(isTaken ? [{ label: say("effect.only-this-question"), call: decide("only-this") }] : []),
      { label: say(isTaken ? "effect.keep" : "effect.leave"), call: decide("keep") },
    ];
  }
  if (kind === "corrected" && outcome === "changed" && changed.length > 1)
    return [
      {
        label: say("effect.only-this-question"),
        call: { name: "settle", values: { question: actionId, as: "only-this" } },
      },
    ];
  return [];
}

/** Whether nothing came of it that could be taken back. */
export const isIdle = ({ outcome }: Effect): boolean =>
  outcome === "same" || outcome === "taken" || outcome === "meanwhile" || outcome === "confirmed";

/** What a program is told of it. */
export const effectFacts = ({ effect, actionId }: Receipt) =>
  effect
    ? {
        outcome: effect.outcome,
        meaning: effect.meaning,
        answerId: effect.answerId,
        version: effect.version,
        changed: effect.changed,
        kept: effect.kept,
        question: effect.question,
        proposal: effect.proposal,
        actionId,
      }
    : {};

const quoted = (text: string): string => shorten(text, maxQuoteLength);

const join = (...parts: readonly (string | false)[]): string =>
  parts.filter((part) => part !== false).join(" ");
