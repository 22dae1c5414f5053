import { ApprenticeError } from "../core/errors.ts";
import { defineCommand } from "./command.ts";
import { requireRoleFor } from "./require-role.ts";

const longest = 4_000;

export default defineCommand({
  name: "persona",
  about: "command.persona",
  needs: "member",
  options: {
    reset: { type: "flag", about: "command.persona.reset", optional: true },
    text: { type: "rest", about: "command.persona.text", optional: true },
  },
  usageExamples: [
    "persona",
    "persona You are the friendly librarian of our makerspace.",
    "persona --reset",
  ],
  async run({ text, reset = false }, { message, workspaces, prefix, say }) {
    if (text === undefined && !reset) {
      const { persona } = await workspaces.settings(message.workspace);
      return {
        text: persona ? say("persona.is", { persona }) : say("persona.none", { prefix }),
        data: { persona },
      };
    }
    requireRoleFor({ message, say }, "admin");
    const persona = reset ? null : text!.trim();
    if (persona && persona.length > longest) {
      throw new ApprenticeError("teaching-too-long", {
        field: "persona",
        length: persona.length,
        limit: longest,
      });
    }
    await workspaces.change(message.workspace, { persona });
    return { text: persona ? say("persona.set") : say("persona.reset"), data: { persona } };
  },
});
