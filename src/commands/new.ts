import { defineCommand } from "./command.ts";

export default defineCommand({
  name: "new",
  about: "command.new",
  needs: "member",
  options: {},
  async run(_values, { turns, message, say }) {
    await turns.startAnew(message.workspace, message.room);
    return { text: say("new.started"), data: { room: message.room } };
  },
});
