import { shownText } from "../core/answer.ts";
import { newId } from "../core/ids.ts";
import { defineCommand } from "./command.ts";

export default defineCommand({
  name: "again",
  about: "command.again",
  needs: "member",
  options: { answer: { type: "turn", about: "command.again.answer", optional: true } },
  usageExamples: ["again", "again last"],
  async run({ answer: reference }, context) {
    const { message, respond, signal, say } = context;
    const { id: insteadOf, prompt: text } = await context.turn(reference);
    const id = `${message.id}/${newId()}`;
    const answer = await respond({ ...message, id, text, files: [], insteadOf }, signal);
    if (!answer) return { text: say("ask.seen") };
    return {
      text: shownText(answer),
      turnId: answer.turnId,
      known: answer.known,
      data: { ...answer, answer: answer.known ? answer.text : null },
    };
  },
});
