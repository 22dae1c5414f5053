import { ApprenticeError } from "../core/errors.ts";
import { defineCommand } from "./command.ts";

export default defineCommand({
  name: "join",
  about: "command.join",
  needs: "member",
  options: {},
  async run(_values, { voiceRooms, message, signal, say }) {
    if (!voiceRooms) throw new ApprenticeError("voice-unavailable");
    const { workspace, person, room: textRoom } = message;
    const channel = await voiceRooms.join({ workspace, personId: person.id, textRoom }, signal);
    return { text: say("join.joined", { channel }), data: { channel } };
  },
});
