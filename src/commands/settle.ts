import { settlements } from "../storage/knowledge/decision.ts";
import { defineCommand } from "./command.ts";
import { receiptReply } from "./receipt.ts";

const words = [...settlements, "another"] as const;

export default defineCommand({
  name: "settle",
  about: "command.settle",
  needs: "member",
  options: {
    question: { type: "text", about: "command.settle.question" },
    as: { type: "choice", about: "command.settle.as", choices: words },
  },
  usageExamples: ["settle 3f9a21c7 everywhere", "settle 3f9a21c7 different"],
  async run({ question, as: word }, context) {
    const as = word === "another" ? "different" : word;
    const receipt = await context.teaching.settle(context.teacher, question, as);
    return receiptReply(receipt, context, "receipt.active");
  },
});
