import { Command as Program, CommanderError } from "commander";
import { systemLanguage } from "../config.ts";
import { say } from "../texts/say.ts";
import { version } from "../version.ts";
import { addAsk } from "./ask.ts";
import { addBackup } from "./backup-commands.ts";
import { addConfig } from "./config-command.ts";
import { addDoctor } from "./doctor.ts";
import { addFileCommands } from "./files.ts";
import { exitCodes } from "./output.ts";
import { addRegistryCommands } from "./registry-commands.ts";
import { addStart } from "./start.ts";

const voice = systemLanguage();
const program = new Program("apprentice")
  .description(say(voice, "cli.about"))
  .version(version)
  .showHelpAfterError(say(voice, "cli.see-help"))
  .showSuggestionAfterError()
  .exitOverride()
  .addHelpText("after", `\n${say(voice, "cli.examples")}`);

addStart(program, voice);
addAsk(program, voice);
addRegistryCommands(program, voice);
addFileCommands(program, voice);
addDoctor(program, voice);
addConfig(program, voice);
addBackup(program, voice);

try {
  await program.parseAsync();
} catch (thrown) {
  if (!(thrown instanceof CommanderError)) throw thrown;
  // Commander has already said what is wrong; help and version are no mistakes.
  process.exitCode = thrown.exitCode === 0 ? exitCodes.done : exitCodes.wrongUsage;
}
