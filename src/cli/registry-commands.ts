import { Argument, Option as CommanderOption, type Command as Program } from "commander";
import type { CommandForm, Option } from "../commands/command-form.ts";
import { commands } from "../commands/index.ts";
import { takesWord } from "../commands/parse.ts";
import { bareOptions, shellPrefix, usageHints } from "../commands/usage.ts";
import { ApprenticeError } from "../core/errors.ts";
import type { Json, Reply } from "../core/reply.ts";
import { say, type Voice } from "../texts/say.ts";
import { filesToSend, isFile, saveFile, saveFiles } from "./local-files.ts";
import { canAsk, confirmedCall } from "./confirm.ts";
import { followJob } from "./follow-job.ts";
import { printReply } from "./output.ts";
import { withDesk, withSession, type CommonOptions } from "./session.ts";
import { shellLine } from "./shell-line.ts";

/** What long work follows on, which the command line waits for unless told otherwise. */
const startsJobs = new Set(["train", "test", "archive", "job"]);

/**
 * Commander's own help, `ask` and `import`, which here take files of this machine, and what only a
 * conversation has.
 */
const elsewhere = new Set(["help", "ask", "import", "stop"]);

/** Adds a sub-command for every command of the registry but those of `elsewhere`. */
export function addRegistryCommands(program: Program, voice: Voice): void {
  for (const command of commands) {
    if (!elsewhere.has(command.name)) addOne(program, command, voice);
  }
}

function addOne(program: Program, command: CommandForm, voice: Voice): void {
  const sub = program.command(command.name).description(say(voice, command.about));
  const bare = bareOptions(command);
  for (const [name, option] of Object.entries(command.options)) {
    const about = say(voice, option.about);
    if (bare.includes(name)) {
      const form = option.type === "rest" ? `${name}...` : name;
      sub.addArgument(new Argument(option.optional ? `[${form}]` : `<${form}>`, about));
      // Without it, whoever leaves one word out could not give the next.
      if (option.optional) sub.addOption(new CommanderOption(`--${name} <value>`).hideHelp());
    } else addNamed(sub, name, option, about, voice);
  }
  const examples = (command.usageExamples ?? []).map(
    (line) => `\n  $ apprentice ${shellLine(command, line)}`,
  );
  if (examples.length > 0) sub.addHelpText("after", examples.join(""));
  addCommonOptions(sub, voice).option("--save <folder>", say(voice, "cli.save"));
  for (const [file, about] of Object.entries(command.savedFiles ?? {}))
    sub.option(`--${file} <file>`, say(voice, about));
  if (startsJobs.has(command.name)) sub.option("--no-wait", say(voice, "cli.no-wait"));
  // As in a chat, a word can be a choice, a number or an answer's id; what fits nothing is refused here.
  sub.allowExcessArguments(Object.values(command.options).some(isFilledByWord));
  sub.action(async () => {
    const options = sub.opts<CommonOptions & RegistryOptions>();
    await withSession(options, async (session) => {
      const values = valuesFrom(command, sub.args, options);
      const paths = await localFiles(command, bare, values, options.file ?? []);
      const files = await filesToSend(paths, session.config["limits.fileMb"]);
      const asks = "yes" in command.options && values["yes"] === undefined;
      // A program, or a person who cannot be asked, means what it says.
      if (asks && (session.output.json || !canAsk())) values["yes"] = true;
      await withDesk(session, async (desk) => {
        let reply = await desk.runCommand(command.name, values, files);
        await saveReply(reply, command, options);
        const wait = options.wait !== false && reply.jobId !== undefined;
        if (!wait || !session.output.json) printReply(reply, session.output);
        if (asks && values["yes"] === undefined) {
          const call = await confirmedCall(reply);
          if (!call) return;
          reply = await desk.runCommand(call.name, call.values as Record<string, Json>);
          printReply(reply, session.output);
        }
        if (options.wait !== false && reply.jobId !== undefined) {
          const ended = await followJob(reply.jobId, desk, session);
          await saveReply(ended, command, options);
          printReply(ended, session.output);
        }
      });
    });
  });
}

/** Writes the files of a reply to where they were asked for. */
async function saveReply(
  { files = [] }: Reply,
  command: CommandForm,
  options: RegistryOptions,
): Promise<void> {
  if (options.save !== undefined) await saveFiles(files, options.save);
  for (const kind of Object.keys(command.savedFiles ?? {})) {
    const path = options[kind];
    const file = files.find(({ name }) => name.startsWith(kind));
    if (typeof path === "string" && file) await saveFile(file, path);
  }
}

function addNamed(sub: Program, name: string, option: Option, about: string, voice: Voice): void {
  switch (option.type) {
    case "flag":
      sub.option(`--${name}`, about).addOption(new CommanderOption(`--no-${name}`).hideHelp());
      break;
    case "turn":
      sub.option(`--${name} <id>`, about).option("--last", say(voice, "cli.last"));
      break;
    case "files":
      sub.option("--file <path...>", about);
      break;
    case "choice":
      sub.option(`--${name} <${option.choices?.join("|")}>`, about);
      // As in a chat, the choice alone says which option is meant.
      for (const choice of option.choices ?? [])
        sub.addOption(new CommanderOption(`--${choice}`).hideHelp());
      break;
    default:
      sub.option(`--${name} <value>`, about);
  }
}

/** `--json` and `--workspace`, which every sub-command has. */
export const addCommonOptions = (sub: Program, voice: Voice): Program =>
  sub
    .option("--json", say(voice, "cli.json"))
    .option("--workspace <name>", say(voice, "cli.workspace"));

type RegistryOptions = Readonly<Record<string, Json>> & {
  readonly file?: readonly string[];
  readonly save?: string;
  readonly wait?: boolean;
};

/** The files to send along; bare words that name one are that file and no words any more. */
async function localFiles(
  command: CommandForm,
  bare: readonly string[],
  values: Record<string, Json>,
  named: readonly string[],
): Promise<readonly string[]> {
  if (!Object.values(command.options).some(({ type }) => type === "files")) return named;
  for (const [name, { type }] of Object.entries(command.options)) {
    const words = values[name];
    const isBare = type === "rest" || (type === "text" && bare.includes(name));
    if (!isBare || typeof words !== "string" || !(await isFile(words))) continue;
    delete values[name];
    return [...named, words];
  }
  return named;
}

/** What commander calls the value of `--openai-sft`: `openaiSft`. */
const attributeOf = (choice: string): string => new CommanderOption(`--${choice}`).attributeName();

/**
 * The values of a command's options, from the words and options a shell gave. As in a chat, a word is for
 * the next option that it fits, and one like `positive=yes` is that option, unless the option is a text:
 * a text may hold any sign. Throws `command-argument-extra`.
 */
export function valuesFrom(
  command: CommandForm,
  given: readonly string[],
  options: RegistryOptions,
): Record<string, Json> {
  const values = namedValues(command, options);
  const words = given.filter((word) => {
    const [name, value] = asAssignment(command, word) ?? [];
    if (name !== undefined) values[name] = value!;
    return name === undefined;
  });
  while (words.length > 0) {
    const word = words.shift()!;
    const open = Object.entries(command.options).find(
      ([name, option]) =>
        values[name] === undefined && option.type !== "files" && takesWord(option, word),
    );
    if (!open)
      throw new ApprenticeError("command-argument-extra", {
        command: command.name,
        near: word.slice(0, 60),
        ...usageHints(command, shellPrefix),
      });
    const [name, { type }] = open;
    values[name] = type === "rest" ? [word, ...words.splice(0)].join(" ") : word;
  }
  return values;
}

/** What was given as `--name value`, `--choice` or `--last`. */
function namedValues(command: CommandForm, options: RegistryOptions): Record<string, Json> {
  const values: Record<string, Json> = {};
  for (const [name, option] of Object.entries(command.options)) {
    const named = options[name];
    if (named !== undefined) values[name] = named;
    for (const choice of option.choices ?? [])
      if (options[attributeOf(choice)] === true) values[name] = choice;
    if (option.type === "turn" && options["last"] === true) values[name] = "last";
  }
  return values;
}

const isFilledByWord = ({ type }: Option): boolean =>
  ["choice", "flag", "integer", "turn"].includes(type);

function asAssignment(command: CommandForm, word: string): [string, string] | undefined {
  const [, name, value] = /^([a-z_]+)=(.+)$/su.exec(word) ?? [];
  const type = name !== undefined && command.options[name]?.type;
  if (!type || ["text", "rest", "files"].includes(type)) return undefined;
  return [name, value!];
}
