import { shellPrefix } from "../commands/usage.ts";
import { asApprenticeError, type ApprenticeError } from "../core/errors.ts";
import type { Json, Reply } from "../core/reply.ts";
import { sayError, type Voice } from "../texts/say.ts";

/** How the command line ends: also what `echo $?` shows. */
export const exitCodes = { done: 0, failed: 1, wrongUsage: 2, cancelled: 130 } as const;

/** Where answers go: standard output, as words or as JSON. Everything else goes to standard error. */
export type Output = {
  readonly json: boolean;
  readonly voice: Voice;
};

/** Prints a reply's text, or with `--json` its facts as one line. What was refused ends with 1. */
export function printReply(reply: Reply, { json }: Output): void {
  write(json ? JSON.stringify(reply.data ?? { text: reply.text }) : plain(reply.text));
  if (reply.done === false) process.exitCode = exitCodes.failed;
}

/** Prints facts, as one line of JSON or in the words given. */
export function print(facts: Json, words: string, { json }: Output): void {
  write(json ? JSON.stringify(facts) : words);
}

/** One line of JSON, whatever the form of output. */
export const printLine = (facts: unknown): void => write(JSON.stringify(facts));

/** Says what went wrong, as words on standard error or as JSON on standard output, and sets the exit code. */
export function fail(thrown: unknown, { json, voice }: Output): void {
  const error = asApprenticeError(thrown);
  const text = sayError(voice, error, shellPrefix);
  if (json) printLine({ error: { code: error.code, text, id: error.id } });
  else process.stderr.write(`${text}\n`);
  if (error.code === "internal" && error.cause instanceof Error) {
    process.stderr.write(`${error.cause.stack}\n`);
  }
  process.exitCode = exitCodeOf(error);
}

function exitCodeOf({ code }: ApprenticeError): number {
  if (code === "cancelled") return exitCodes.cancelled;
  return /^(command-|config-|workspace-)/.test(code) ? exitCodes.wrongUsage : exitCodes.failed;
}

/** Markdown as a terminal shows it: without the marks that only a page needs. */
const plain = (markdown: string): string =>
  markdown.replaceAll(/\*\*(.+?)\*\*/g, "$1").replaceAll(/`([^`\n]+)`/g, "$1");

const write = (line: string): void => void process.stdout.write(`${line}\n`);
