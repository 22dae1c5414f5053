import { defineCommand } from "./command.ts";

export default defineCommand({
  name: "undo",
  about: "command.undo",
  needs: "member",
  options: { action: { type: "text", about: "command.undo.action", optional: true } },
  usageExamples: ["undo", "undo 3f9a21c7"],
  async run({ action }, { teaching, teacher, say }) {
    const undone = await teaching.undo(teacher, action);
    const { kind, removed, restored } = undone;
    const isOnlyRating = kind === "rated" && removed === 0 && restored === 0;
    const key = isOnlyRating ? "undo.rating" : restored > 0 ? "undo.restored" : "undo.removed";
    const text = say(key, { count: key === "undo.restored" ? restored : removed });
    return { text, data: { ...undone } };
  },
});
