import { defineCommand } from "./command.ts";
import { receiptReply } from "./receipt.ts";

export default defineCommand({
  name: "proposal",
  about: "command.proposal",
  needs: "member",
  options: {
    id: { type: "text", about: "command.proposal.id" },
    as: {
      type: "choice",
      about: "command.proposal.as",
      choices: ["replace", "only-this", "keep"],
    },
  },
  usageExamples: ["proposal 3f9a21c7 replace", "proposal 3f9a21c7 keep"],
  async run({ id, as }, context) {
    const receipt = await context.teaching.decide(context.teacher, id, as);
    return receiptReply(receipt, context, "receipt.active");
  },
});
