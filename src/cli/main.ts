import { CommanderError } from "commander";
import { systemLanguage } from "../config.ts";
import { addAsk } from "./ask.ts";
import { addBackup } from "./backup-commands.ts";
import { addConfig } from "./config-command.ts";
import { addDoctor } from "./doctor.ts";
import { addEncoder } from "./encoder-commands.ts";
import { addFileCommands } from "./files.ts";
import { exitCodes, fail } from "./output.ts";
import { createProgram } from "./program.ts";
import { addRegistryCommands } from "./registry-commands.ts";
import { addStart } from "./start.ts";
import { addVoice } from "./voice-commands.ts";
import { asUsageError } from "./wrong-usage.ts";

// Who reads the output may have seen enough (`| head -1`): there is nobody left to tell.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(exitCodes.done);
  throw error;
});

const voice = systemLanguage();
const program = createProgram(voice);
addStart(program, voice);
addAsk(program, voice);
addRegistryCommands(program, voice);
addFileCommands(program, voice);
addDoctor(program, voice);
addVoice(program, voice);
addEncoder(program, voice);
addConfig(program, voice);
addBackup(program, voice);

try {
  await program.parseAsync();
} catch (thrown) {
  if (!(thrown instanceof CommanderError)) throw thrown;
  endEarly(thrown);
}

/** Help and version are no mistakes; a call without a command has been shown the help. */
function endEarly(thrown: CommanderError): void {
  const words = process.argv.slice(2);
  if (thrown.exitCode === 0) process.exitCode = exitCodes.done;
  else if (thrown.code === "commander.help") process.exitCode = exitCodes.wrongUsage;
  else fail(asUsageError(thrown, program, words, voice), { json: words.includes("--json"), voice });
}
