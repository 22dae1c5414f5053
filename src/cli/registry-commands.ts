import { Argument, type Command as Program } from "commander";
import type { CommandForm, Option } from "../commands/command-form.ts";
import { commands } from "../commands/index.ts";
import type { Json } from "../core/reply.ts";
import { say, type Voice } from "../texts/say.ts";
import { printReply } from "./output.ts";
import { withDesk, withSession, type CommonOptions } from "./session.ts";

/** Commander's own help, and `ask`, which here takes a file too. */
const ownForms = new Set(["help", "ask"]);

/** Adds a sub-command for every command of the registry that has no form of its own here. */
export function addRegistryCommands(program: Program, voice: Voice): void {
  for (const command of commands) {
    if (!ownForms.has(command.name)) addOne(program, command, voice);
  }
}

function addOne(program: Program, command: CommandForm, voice: Voice): void {
  const sub = program.command(command.name).description(say(voice, command.about));
  const bare: string[] = [];
  for (const [name, option] of Object.entries(command.options)) {
    const about = say(voice, option.about);
    if (option.type === "text" || option.type === "rest") {
      const form = option.type === "rest" ? `${name}...` : name;
      sub.addArgument(new Argument(option.optional ? `[${form}]` : `<${form}>`, about));
      bare.push(name);
    } else addNamed(sub, name, option, about, voice);
  }
  for (const line of command.usageExamples ?? [])
    sub.addHelpText("after", `\n  $ apprentice ${shellLine(line)}`);
  addCommonOptions(sub, voice);
  sub.action(async (...given: unknown[]) => {
    const options = sub.opts<CommonOptions & Record<string, Json>>();
    const values = valuesFrom(command, bare, given, options);
    await withSession(options, (session) =>
      withDesk(session, async (desk) =>
        printReply(await desk.runCommand(command.name, values), session.output),
      ),
    );
  });
}

function addNamed(sub: Program, name: string, option: Option, about: string, voice: Voice): void {
  switch (option.type) {
    case "flag":
      sub.option(`--${name}`, about);
      break;
    case "turn":
      sub.option(`--${name} <id>`, about).option("--last", say(voice, "cli.last"));
      break;
    case "choice":
      sub.option(`--${name} <${option.choices?.join("|")}>`, about);
      for (const choice of option.choices ?? []) sub.option(`--${choice}`, `--${name} ${choice}`);
      break;
    default:
      sub.option(`--${name} <value>`, about);
  }
}

/** `--json` and `--workspace`, which every sub-command has. */
export const addCommonOptions = (sub: Program, voice: Voice): Program =>
  sub
    .option("--json", say(voice, "cli.json"))
    .option("--workspace <name>", say(voice, "cli.workspace"), "web:local");

function valuesFrom(
  command: CommandForm,
  bare: readonly string[],
  given: readonly unknown[],
  options: Record<string, Json>,
): Record<string, Json> {
  const values: Record<string, Json> = {};
  bare.forEach((name, index) => {
    const value = given[index];
    if (value !== undefined) values[name] = Array.isArray(value) ? value.join(" ") : String(value);
  });
  for (const [name, option] of Object.entries(command.options)) {
    const named = options[name];
    if (named !== undefined) values[name] = named;
    for (const choice of option.choices ?? []) if (options[choice] === true) values[name] = choice;
    if (option.type === "turn" && options["last"] === true) values[name] = "last";
  }
  return values;
}

/** An example of the chat as a shell takes it: what follows the name in one pair of quotes. */
function shellLine(line: string): string {
  const [name, ...words] = line.split(" ");
  if (words.length === 0 || line.includes('"') || line.includes("--")) return line;
  const [question, answer] = words.join(" ").split(" => ");
  return [name, `"${question}"`, ...(answer ? [`"${answer}"`] : [])].join(" ");
}
