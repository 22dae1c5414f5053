import type { Command as Program } from "commander";
import type { AskAnswer } from "../core/ask.ts";
import { say, type Voice } from "../texts/say.ts";
import { readWhole, standardInput } from "./local-files.ts";
import { printLine, printReply } from "./output.ts";
import { promptsInFile } from "./prompts-in-file.ts";
import { addCommonOptions } from "./registry-commands.ts";
import { withDesk, withSession, type CommonOptions, type Session } from "./session.ts";

type AskOptions = CommonOptions & { readonly file?: string; readonly always?: true };

/** How many prompts of a file are read before their answers are asked for. */
const batchSize = 500;

/** `apprentice ask`: one question as in a chat, or a file of prompts answered by recall alone. */
export function addAsk(program: Program, voice: Voice): void {
  const sub = program
    .command("ask")
    .description(say(voice, "command.ask"))
    .argument("[question...]", say(voice, "cli.ask.question"))
    .option("--file <prompts.jsonl>", say(voice, "cli.ask.file"))
    .option("--always", say(voice, "cli.ask.always"))
    .addHelpText(
      "after",
      '\n  $ apprentice ask "When do you open?"\n  $ apprentice ask --file prompts.jsonl --json > answers.jsonl\n  $ echo "When do you open?" | apprentice ask -',
    );
  addCommonOptions(sub, voice).action(async (question: string[], options: AskOptions) => {
    await withSession(options, (session) =>
      withDesk(session, async (desk) => {
        if (options.file === undefined) {
          const given = question.join(" ");
          const asked = given === standardInput ? await textFromInput(session) : given;
          const reply = await desk.runCommand("ask", { question: asked });
          return printReply(reply, session.output);
        }
        for await (const batch of batches(promptsInFile(options.file, voice))) {
          for await (const answer of desk.ask(batch)) {
            if (session.signal.aborted) throw session.signal.reason;
            const shown = options.always ? { ...answer, answer: answer.guess } : answer;
            if (session.output.json) printLine(shown);
            else process.stdout.write(`${inWords(shown, voice)}\n`);
          }
        }
      }),
    );
  });
}

/** What standard input holds, as one question. */
async function textFromInput({ config }: Session): Promise<string> {
  const bytes = await readWhole(standardInput, config["limits.fileMb"]);
  return new TextDecoder().decode(bytes).trim();
}

const inWords = ({ prompt, answer, score }: AskAnswer, voice: Voice): string =>
  answer === null
    ? say(voice, "cli.ask.unknown", { prompt })
    : `${prompt} → ${answer} (${score.toFixed(2)})`;

async function* batches(prompts: AsyncIterable<string>): AsyncGenerator<string[]> {
  let batch: string[] = [];
  for await (const prompt of prompts) {
    batch.push(prompt);
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
