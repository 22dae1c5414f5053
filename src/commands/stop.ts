import { ApprenticeError } from "../core/errors.ts";
import { defineCommand } from "./command.ts";

export default defineCommand({
  name: "stop",
  about: "command.stop",
  needs: "member",
  atOnce: true,
  options: {},
  async run(_values, { stopAnswer, message, say }) {
    const stopping = stopAnswer(message);
    if (stopping === "foreign") {
      throw new ApprenticeError("permission-denied", {
        needed: say("role.trainer"),
        role: say(`role.${message.person.role}`),
      });
    }
    return { text: say(`stop.${stopping}`), data: { stopping }, personal: true };
  },
});
