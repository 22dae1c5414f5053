import type { Undone } from "../learning/teaching.ts";
import { defineCommand } from "./command.ts";
import type { CommandContext } from "./context.ts";
import { shorten } from "./shorten.ts";

export default defineCommand({
  name: "undo",
  about: "command.undo",
  needs: "member",
  options: {
    action: { type: "text", about: "command.undo.action", optional: true },
    redo: { type: "flag", about: "command.undo.redo", optional: true },
  },
  usageExamples: ["undo", "undo 3f9a21c7", "undo 3f9a21c7 --redo"],
  async run({ action, redo = false }, context) {
    const { teaching, teacher, say } = context;
    if (redo && action !== undefined) {
      const redone = await teaching.redo(teacher, action);
      return { text: say("redone"), data: { ...redone } };
    }
    const undone = await teaching.undo(teacher, action);
    return { text: undoneWords(undone, context), data: { ...undone } };
  },
});

/** What taking something back brought. */
function undoneWords(undone: Undone, { say }: Pick<CommandContext, "say">): string {
  const { kind, removed, restored, now } = undone;
  const isOnlyRating = kind === "rated" && removed === 0 && restored === 0;
  if (isOnlyRating) return say("undo.rating");
  if (now && kind === "corrected") {
    const values = { prompt: shorten(now.prompt), answer: shorten(now.answer ?? "") };
    return say(now.answer === null ? "undone.now-unknown" : "undone.now", values);
  }
  const key = restored > 0 ? "undo.restored" : "undo.removed";
  return say(key, { count: restored > 0 ? restored : removed });
}
