import { ApprenticeError } from "../core/errors.ts";
import { defineCommand } from "./command.ts";
import { receiptReply } from "./receipt.ts";

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
      optional: true,
    },
    turn: { type: "turn", about: "command.correct.turn", optional: true },
    words: { type: "rest", about: "command.feedback.words", optional: true },
  },
  usageExamples: ["feedback good", "feedback bad The price is out of date."],
  async run({ rating, turn: reference, words }, context) {
    if (!rating && !words) {
      throw new ApprenticeError("command-argument-missing", {
        command: "feedback",
        option: "rating",
        usage: `${context.prefix}feedback good | bad | ...`,
      });
    }
    const turn = await context.turn(reference);
    const receipt = await context.teaching.rate(context.teacher, turn, {
      ...(rating && { rating: ratings[rating] }),
      ...(words && { words }),
    });
    return receiptReply(receipt, context, "feedback.thanks");
  },
});
