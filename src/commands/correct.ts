import { defineCommand } from "./command.ts";
import { receiptReply } from "./receipt.ts";

/** How far a correction reaches, as people say it. */
const meant = {
  everywhere: "everywhere",
  "another-question": "different",
  "only-this": "only-this",
  "only-here": "only-this",
} as const;

export default defineCommand({
  name: "correct",
  about: "command.correct",
  needs: "member",
  options: {
    turn: {
      type: "turn",
      about: "command.correct.turn",
      aliases: ["message_id", "message"],
      optional: true,
    },
    correction: { type: "rest", about: "command.correct.correction", aliases: ["answer"] },
    question: { type: "text", about: "command.correct.question", optional: true },
    meaning: {
      type: "choice",
      about: "command.correct.meaning",
      choices: ["everywhere", "another-question", "only-this", "only-here"],
      optional: true,
    },
  },
  usageExamples: [
    "correct We open at ten on Sundays.",
    "correct last We open at ten on Sundays.",
    "correct --everywhere We open at ten on Sundays.",
  ],
  async run({ turn: reference, correction, question, meaning }, context) {
    const turn = await context.turn(reference);
    const receipt = await context.teaching.correct(context.teacher, turn, correction, {
      ...(question !== undefined && { restated: question }),
      ...(meaning && { meaning: meant[meaning] }),
    });
    return receiptReply(receipt, context, "correct.learned", { prompt: turn.prompt, correction });
  },
});
