import { Command as Program } from "commander";
import { say, type Voice } from "../texts/say.ts";
import { version } from "../version.ts";

/** The program without its sub-commands: who reads its help, and what mistakes look like. */
export function createProgram(voice: Voice): Program {
  const titles: Readonly<Record<string, string>> = {
    "Usage:": say(voice, "cli.title.usage"),
    "Arguments:": say(voice, "cli.title.arguments"),
    "Options:": say(voice, "cli.title.options"),
    "Commands:": say(voice, "cli.title.commands"),
  };
  return (
    new Program("apprentice")
      .usage(say(voice, "cli.usage"))
      .description(say(voice, "cli.about"))
      .version(version, "-V, --version", say(voice, "cli.version"))
      .helpOption("-h, --help", say(voice, "cli.help"))
      .helpCommand("help [command]", say(voice, "cli.help-command"))
      .configureHelp({
        styleTitle: (title) => titles[title] ?? title,
        subcommandTerm: (command) => [command.name(), argumentsOf(command)].join(" ").trimEnd(),
        commandUsage: (command) =>
          command.parent
            ? `apprentice ${usageOf(command, voice)}`
            : `apprentice ${say(voice, "cli.usage")}`,
      })
      .exitOverride()
      // Mistakes are told as all errors are, in the person's language or as JSON.
      .configureOutput({ outputError: () => {} })
      .addHelpText("after", ({ command }) =>
        command.parent ? "" : `\n${say(voice, "cli.examples")}`,
      )
  );
}

/** `teach <prompt> [answer...] [options]` */
export const usageOf = (command: Program, voice: Voice): string =>
  [command.name(), argumentsOf(command), say(voice, "cli.usage-options")]
    .filter((part) => part !== "")
    .join(" ");

const argumentsOf = ({ registeredArguments }: Program): string =>
  registeredArguments
    .map((argument) => {
      const name = argument.name() + (argument.variadic ? "..." : "");
      return argument.required ? `<${name}>` : `[${name}]`;
    })
    .join(" ");
