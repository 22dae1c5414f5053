import { shownText } from "../core/answer.ts";
import { newId } from "../core/ids.ts";
import { defineCommand } from "./command.ts";

export default defineCommand({
  name: "ask",
  about: "command.ask",
  needs: "member",
  options: { question: { type: "rest", about: "command.ask.question" } },
  usageExamples: ["ask When do you open?"],
  async run({ question }, { message, respond, signal, say }) {
    // A message of its own: the id of the command's message already stands for the command.
    const answer = await respond(
      { ...message, id: `${message.id}/${newId()}`, text: question },
      signal,
    );
    if (!answer) return { text: say("ask.seen") };
    return {
      text: shownText(answer),
      turnId: answer.turnId,
      known: answer.known,
      data: { ...answer, answer: answer.known ? answer.text : null },
    };
  },
});
