import type { Json } from "../core/reply.ts";
import { defineCommand } from "./command.ts";
import { describeAll, describeOne } from "./describe.ts";
import { findCommand } from "./parse.ts";

export default defineCommand({
  name: "help",
  about: "command.help",
  needs: "member",
  options: {
    command: { type: "text", about: "command.help.command", suggest: "command", optional: true },
  },
  usageExamples: ["help", "help teach"],
  async run({ command }, context) {
    if (command) {
      const name = command.startsWith(context.prefix)
        ? command.slice(context.prefix.length)
        : command;
      const found = findCommand(context.commands, name, context.prefix);
      return { text: describeOne(found, context), data: { command: found.name } };
    }
    const data: Json = context.commands.map(({ name, about }) => ({
      name,
      about: context.say(about),
    }));
    return { text: describeAll(context.commands, context), data };
  },
});
