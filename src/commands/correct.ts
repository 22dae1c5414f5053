import { defineCommand } from "./command.ts";
import { receiptReply } from "./receipt.ts";

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
  },
  usageExamples: ["correct We open at ten on Sundays.", "correct last We open at ten on Sundays."],
  async run({ turn: reference, correction, question }, context) {
    const turn = await context.turn(reference);
    const receipt = await context.teaching.correct(context.teacher, turn, correction, question);
    return receiptReply(receipt, context, "correct.learned", { prompt: turn.prompt, correction });
  },
});
