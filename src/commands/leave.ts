import { ApprenticeError } from "../core/errors.ts";
import { defineCommand } from "./command.ts";

export default defineCommand({
  name: "leave",
  about: "command.leave",
  needs: "member",
  options: {},
  async run(_values, { voiceRooms, message, say }) {
    if (!voiceRooms) throw new ApprenticeError("voice-unavailable");
    const channel = await voiceRooms.leave(message.workspace);
    return { text: say("leave.left"), data: { channel } };
  },
});
