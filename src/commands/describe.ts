import { mayActAs } from "../core/person.ts";
import type { CommandForm } from "./command-form.ts";
import type { CommandContext } from "./context.ts";
import { briefUsageOf, usageOf } from "./usage.ts";

type Reader = Pick<CommandContext, "prefix" | "say" | "message">;

/** All commands the person may use, a line each, as Markdown. */
export function describeAll(commands: readonly CommandForm[], reader: Reader): string {
  const lines = commands
    .filter((command) => mayActAs(reader.message.person.role, command.needs))
    .map((command) => `- \`${briefUsageOf(command, reader.prefix)}\` ${reader.say(command.about)}`);
  return [
    reader.say("help.title"),
    ...lines,
    "",
    reader.say("help.more", { prefix: reader.prefix }),
  ].join("\n");
}

/** One command with its options and examples, as Markdown. */
export function describeOne(command: CommandForm, reader: Reader): string {
  const options = Object.entries(command.options).map(
    ([name, option]) => `- \`${name}\` ${reader.say(option.about)}`,
  );
  const examples = (command.usageExamples ?? []).map((example) => reader.prefix + example);
  const parts = [`\`${usageOf(command, reader.prefix)}\`\n${reader.say(command.about)}`];
  if (options.length > 0) parts.push(options.join("\n"));
  if (examples.length > 0)
    parts.push(`${reader.say("help.examples")}\n\`\`\`\n${examples.join("\n")}\n\`\`\``);
  if (command.needs !== "member") {
    parts.push(reader.say("help.needs", { role: reader.say(`role.${command.needs}`) }));
  }
  return parts.join("\n\n");
}
