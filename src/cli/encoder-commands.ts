import type { Command as Program } from "commander";
import { say, type Voice } from "../texts/say.ts";
import { showEncoders } from "./encoder-status.ts";
import { install, use } from "./encoder-switch.ts";

/** `apprentice encoder status | install | use`: what tells the meaning of questions. */
export function addEncoder(program: Program, voice: Voice): void {
  const group = program.command("encoder").description(say(voice, "cli.encoder"));
  group
    .command("status")
    .description(say(voice, "cli.encoder.status"))
    .option("--json", say(voice, "cli.json"))
    .action(showEncoders);
  group
    .command("install")
    .description(say(voice, "cli.encoder.install"))
    .argument("<source>", say(voice, "cli.encoder.source"))
    .option("--name <name>", say(voice, "cli.encoder.name"))
    .option("--prefix <text>", say(voice, "cli.encoder.prefix"))
    .option("--plan", say(voice, "cli.encoder.plan"))
    .option("--keep", say(voice, "cli.encoder.keep"))
    .option("--workspace <workspace>", say(voice, "cli.workspace"))
    .option("--json", say(voice, "cli.json"))
    .addHelpText(
      "after",
      "\n  $ apprentice encoder install multilingual-e5-small\n  $ apprentice encoder install ./my-encoder",
    )
    .action(install);
  group
    .command("use")
    .description(say(voice, "cli.encoder.use"))
    .argument("<name>", say(voice, "cli.encoder.which"))
    .option("--workspace <workspace>", say(voice, "cli.workspace"))
    .option("--json", say(voice, "cli.json"))
    .addHelpText("after", "\n  $ apprentice encoder use built-in")
    .action(use);
}
