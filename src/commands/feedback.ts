import { ApprenticeError } from "../core/errors.ts";
import { feedbackReasons } from "../core/feedback.ts";
import type { Reply } from "../core/reply.ts";
import type { Turn } from "../core/turn.ts";
import { defineCommand } from "./command.ts";
import type { CommandContext } from "./context.ts";
import { missingOption } from "./missing-option.ts";
import { receiptReply } from "./receipt.ts";
import { usageHints } from "./usage.ts";

/** What people write in place of the two words, as a reaction or a mark of approval. */
const ratingWords: Readonly<Record<string, string>> = {
  "👍": "good",
  "👎": "bad",
  "+1": "good",
  "-1": "bad",
  "+": "good",
  "-": "bad",
  хорошо: "good",
  плохо: "bad",
};

const ratings = { good: 1, bad: -1 } as const;

export default defineCommand({
  name: "feedback",
  about: "command.feedback",
  needs: "member",
  options: {
    rating: {
      type: "choice",
      about: "command.feedback.rating",
      choices: ["good", "bad"],
      words: ratingWords,
      optional: true,
    },
    turn: {
      type: "turn",
      about: "command.correct.turn",
      aliases: ["message_id", "message", "answer"],
      optional: true,
    },
    words: {
      type: "rest",
      about: "command.feedback.words",
      aliases: ["feedback_text", "feedback", "text"],
      optional: true,
    },
    reason: {
      type: "choice",
      about: "command.feedback.reason",
      choices: feedbackReasons,
      optional: true,
    },
  },
  usageExamples: ["feedback good", "feedback bad The price is out of date."],
  async run({ rating, turn: reference, words, reason }, context) {
    // A bare number could be a mark, or the number of an answer.
    const isClear = words === undefined || /[\p{L}\p{Extended_Pictographic}]/u.test(words);
    if ((!rating && !words && !reason) || !isClear) throw unclear(words ?? "", context);
    const { teaching, teacher } = context;
    const turn = await context.turn(reference);
    if (reason === "other-question")
      return receiptReply(await teaching.notAsked(teacher, turn), context, "feedback.thanks");
    const receipt = await teaching.rate(teacher, turn, {
      ...(rating && { rating: ratings[rating] }),
      ...(!rating && reason && { rating: -1 }),
      ...(words && { words }),
      ...(reason && { reason }),
    });
    const reply = receiptReply(receipt, context, "feedback.thanks");
    const isAsked = rating === "bad" && !words && !reason;
    return isAsked ? { ...reply, ...whatIsWrong(turn, context) } : reply;
  },
});

/** Nothing changes by a thumb alone: it is asked what is wrong. */
function whatIsWrong(turn: Turn, { say }: CommandContext): Pick<Reply, "text" | "buttons"> {
  const correct = { name: "correct", values: { turn: turn.id } };
  const reason = (name: string) => ({
    name: "feedback",
    values: { turn: turn.id, reason: name },
  });
  return {
    text: say("rate.what-is-wrong"),
    buttons: [
      { label: say("rate.wrong"), call: correct, asks: "correction" },
      { label: say("rate.other-question"), call: reason("other-question") },
      { label: say("rate.outdated"), call: reason("outdated") },
    ],
  };
}

function unclear(words: string, context: CommandContext): ApprenticeError {
  if (words === "") return missingOption("feedback", "rating", context);
  const form = context.commands.find(({ name }) => name === "feedback")!;
  return new ApprenticeError("command-argument-invalid", {
    option: "rating",
    value: words.slice(0, 100),
    allowed: "good, bad, 👍, 👎",
    nearest: "",
    ...usageHints(form, context.prefix),
  });
}
