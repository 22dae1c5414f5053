import { ApprenticeError } from "../core/errors.ts";
import { defineCommand } from "./command.ts";

export default defineCommand({
  name: "join",
  about: "command.join",
  needs: "member",
  options: {},
  async run(_values, { voiceRooms, message, language, say }) {
    if (!voiceRooms) throw new ApprenticeError("voice-unavailable");
    const { workspace, person, room: textRoom } = message;
    const caller = { workspace, personId: person.id, textRoom, language };
    const channel = await voiceRooms.join(caller);
    return { text: say("join.joined", { channel }), data: { channel } };
  },
});
