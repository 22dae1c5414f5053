import { defineCommand } from "./command.ts";

export default defineCommand({
  name: "listen",
  about: "command.listen",
  needs: "admin",
  options: { on: { type: "flag", about: "command.listen.on", optional: true } },
  usageExamples: ["listen", "listen on", "listen off"],
  async run({ on }, { message, workspaces, prefix, say }) {
    const { workspace, room } = message;
    if (on !== undefined) await workspaces.setListening(workspace, room, on);
    const listening = on ?? (await workspaces.isListening(workspace, room));
    return {
      text: say(listening ? "listen.on" : "listen.off", { prefix }),
      data: { room, listening },
    };
  },
});
