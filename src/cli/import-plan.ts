import { asApprenticeError } from "../core/errors.ts";
import type { Json } from "../core/reply.ts";
import { previewFile, type KnowledgeFile } from "../learning/preview-file.ts";
import { placeOf } from "../learning/importers/place.ts";
import { say, sayError } from "../texts/say.ts";
import { exitCodes, fail, print } from "./output.ts";
import type { Session } from "./session.ts";

/** Prints why a file is not read; the files after it still have their turn. */
export function showRefusal(
  path: string,
  name: string,
  thrown: unknown,
  { output }: Pick<Session, "output">,
): void {
  const error = asApprenticeError(thrown);
  if (!output.json || error.code === "cancelled" || error.code === "internal")
    return fail(error, output);
  const text = sayError(output.voice, error, "apprentice ");
  print({ file: path, name, error: { code: error.code, text, id: error.id } }, text, output);
  process.exitCode = exitCodes.failed;
}

/** Prints what a file would teach, what is left out of it and what is wrong with it; teaches nothing. */
export async function showPlan(
  path: string,
  file: KnowledgeFile,
  { output }: Pick<Session, "output">,
): Promise<void> {
  const { voice } = output;
  const read = await previewFile(file);
  const problems = read.problems.map((found) => ({
    line: found.line,
    place: placeOf(found, voice),
    text: say(voice, found.key, found.values),
  }));
  const leftOut = read.leftOut.map((found) => ({
    line: found.line,
    place: placeOf(found, voice),
    text: say(voice, found.leftOut, found.values),
  }));
  const atPlace = (found: { place: string; text: string }): string =>
    say(voice, "import.at", { place: found.place, problem: found.text });
  const words = [
    say(voice, "cli.import.plan", { file: file.name, count: read.items.length }),
    ...read.items.map(({ wordings, answer }) => `  ${wordings.join(" / ")} → ${answer ?? "null"}`),
    ...(leftOut.length > 0
      ? [say(voice, "cli.import.left-out", { count: read.leftOutCount })]
      : []),
    ...leftOut.map(atPlace),
    ...problems.map(atPlace),
  ];
  const facts = {
    file: path,
    name: file.name,
    items: read.items as unknown as Json,
    count: read.items.length,
    leftOut,
    leftOutCount: read.leftOutCount,
    problems,
    problemCount: read.problemCount,
    encoding: read.encoding ?? null,
  };
  print(facts, words.join("\n"), output);
  if (read.problemCount > 0) process.exitCode = exitCodes.failed;
}
