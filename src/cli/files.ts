import { createWriteStream } from "node:fs";

import { pipeline } from "node:stream/promises";
import type { Command as Program } from "commander";
import { ApprenticeError } from "../core/errors.ts";
import { labels, type Label } from "../core/example.ts";
import {
  importColumns,
  importFormats,
  type ImportColumns,
  type ImportFormat,
} from "../learning/importers/importer.ts";
import { withJoinedExports } from "../learning/datasets/joined-exports.ts";
import type { KnowledgeFile } from "../learning/preview-file.ts";
import { shortJobId } from "../learning/jobs/jobs.ts";
import { say, type Voice } from "../texts/say.ts";
import type { Desk } from "./desk.ts";
import { followJob } from "./follow-job.ts";
import { nameOf, readWhole, unwritable } from "./local-files.ts";
import { showPlan, showRefusal } from "./import-plan.ts";
import { print, printReply } from "./output.ts";
import { showProgress } from "./progress-bar.ts";
import { addCommonOptions } from "./registry-commands.ts";
import { withDesk, withSession, type CommonOptions, type Session } from "./session.ts";

type ImportOptions = CommonOptions & {
  readonly dryRun?: boolean;
  readonly prune?: boolean;
  readonly takeFile?: boolean;
} & ImportColumns & {
    readonly label?: Label;
    readonly format?: ImportFormat;
    readonly wait?: boolean;
  };

/** `apprentice import` and `apprentice export`: knowledge from files and into one. */
export function addFileCommands(program: Program, voice: Voice): void {
  const importing = program
    .command("import")
    .description(say(voice, "cli.import"))
    .argument("<files...>", say(voice, "cli.import.files"))
    .option(`--label <${labels.join("|")}>`, say(voice, "command.teach.label"))
    .option("--no-wait", say(voice, "cli.no-wait"))
    .option(`--format <${importFormats.join("|")}>`, say(voice, "cli.import.format"))
    .option("--dry-run", say(voice, "cli.import.dry-run"))
    .option("--prune", say(voice, "command.import.prune"))
    .option("--take-file", say(voice, "command.import.take-file"));
  for (const name of importColumns)
    importing.option(`--${name} <column>`, say(voice, `cli.import.${name}`));
  importing.addHelpText(
    "after",
    "\n  $ apprentice import examples/faq-en.md\n  $ apprentice import lessons.jsonl --json\n  $ curl -s https://example.org/faq.csv | apprentice import -",
  );
  addCommonOptions(importing, voice).action(importFiles);

  const exporting = program
    .command("export")
    .description(say(voice, "cli.export"))
    .option("--output <file>", say(voice, "cli.export.output"))
    .addHelpText(
      "after",
      "\n  $ apprentice export > lessons.jsonl\n  $ apprentice export --output lessons.jsonl",
    );
  addCommonOptions(exporting, voice).action(exportAll);
}

async function importFiles(files: string[], options: ImportOptions): Promise<void> {
  await withSession(options, async (session) => {
    const label = oneOf("label", options.label, labels);
    const format = oneOf("format", options.format, importFormats);
    const limit = session.config["limits.fileMb"];
    const columns = columnsIn(options);
    const given = {
      columns,
      ...(label && { label }),
      ...(format && { format }),
      ...(options.takeFile && { takeFile: true }),
      ...(options.prune && { prune: true }),
    };
    const all = await filesAt(files, limit);
    if (options.dryRun) {
      for (const { path, file } of all)
        await showPlan(path, { ...file, ...given }, session).catch((thrown: unknown) =>
          showRefusal(path, file.name, thrown, session),
        );
      return;
    }
    await withDesk(session, async (desk) => {
      for (const { path, file: source } of all) {
        const file = { ...source, ...given };
        const bar = await showProgress(session.output.voice, session.output.json);
        const begun = await desk.importFile(file, bar.progress).finally(bar.stop);
        if ("jobId" in begun) {
          await followImport(path, begun.jobId, options.wait !== false, desk, session);
          continue;
        }
        const { receipt } = begun;
        const { voice } = session.output;
        const learned = receipt.added + receipt.superseded > 0;
        const words = [
          say(voice, learned ? "teach.learned-many" : "receipt.nothing-new", {
            count: receipt.added,
          }),
        ];
        const { items } = receipt;
        if (items && items.kept > 0) words.push(say(voice, "imported.kept", { count: items.kept }));
        if (items && items.both > 0) words.push(say(voice, "imported.both", { count: items.both }));
        if (items && items.gone > 0)
          words.push(
            say(voice, options.prune ? "imported.pruned" : "imported.gone", { count: items.gone }),
          );
        if (receipt.skipped > 0)
          words.push(say(voice, "receipt.skipped", { count: receipt.skipped }));
        if (receipt.conflicts > 0)
          words.push(say(voice, "receipt.conflicts", { count: receipt.conflicts }));
        print({ file: path, ...receipt }, words.join(" "), session.output);
      }
    });
  });
}

const columnsIn = (options: ImportColumns): ImportColumns =>
  Object.fromEntries(
    importColumns.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])),
  );

/** Files of this machine with their paths; those that only mean something together are one. */
async function filesAt(
  paths: readonly string[],
  limit: number,
): Promise<{ path: string; file: KnowledgeFile }[]> {
  const pathOf = new Map<KnowledgeFile, string>();
  for (const path of paths)
    pathOf.set({ name: nameOf(path), bytes: await readWhole(path, limit) }, path);
  const files = withJoinedExports([...pathOf.keys()]);
  return files.map((file) => ({ path: pathOf.get(file) ?? file.name, file }));
}

/** A long file: waits for its job, unless told not to. */
async function followImport(
  file: string,
  jobId: string,
  wait: boolean,
  desk: Desk,
  session: Session,
): Promise<void> {
  const { output } = session;
  const id = shortJobId({ id: jobId });
  if (!wait || !output.json) {
    const follow = say(output.voice, "train.follow", { line: `apprentice job ${id}` });
    const words = `${say(output.voice, "job.started", { id })} ${follow}`;
    printReply({ text: words, data: { file, jobId } }, output);
  }
  if (!wait) return;
  const { text, data } = await followJob(jobId, desk, session);
  printReply({ text, data: { file, ...(data as object) } }, output);
}

async function exportAll(options: CommonOptions & { readonly output?: string }): Promise<void> {
  await withSession(options, (session) =>
    withDesk(session, async (desk) => {
      let count = 0;
      const counted = async function* () {
        for await (const piece of desk.exportExamples()) {
          count += piece.split("\n").length - 1;
          yield piece;
        }
      };
      if (options.output === undefined) {
        for await (const piece of counted()) process.stdout.write(piece);
        return;
      }
      const { output } = options;
      await pipeline(counted, createWriteStream(output, { flags: "wx" })).catch(
        (thrown: unknown) => {
          throw unwritable(output, thrown);
        },
      );
      const words = say(session.output.voice, "cli.export.done", { count, file: options.output });
      print({ file: options.output, count }, words, session.output);
    }),
  );
}

function oneOf<Choice extends string>(
  option: string,
  value: Choice | undefined,
  choices: readonly Choice[],
): Choice | undefined {
  if (value === undefined || choices.includes(value)) return value;
  throw new ApprenticeError("command-argument-invalid", {
    option: `--${option}`,
    value,
    allowed: choices.join(", "),
    nearest: "",
    usage: `--${option} <${choices.join("|")}>`,
  });
}
