import { ApprenticeError, asApprenticeError } from "../core/errors.ts";
import type { Attachment } from "../core/message.ts";
import type { Reply, ReplyButton } from "../core/reply.ts";
import type { Label } from "../core/example.ts";
import type { Lesson } from "../learning/teaching.ts";
import type { Test } from "../learning/evaluation/evaluate.ts";
import { summaryOf } from "../learning/evaluation/summary.ts";
import { longImport } from "../learning/import-work.ts";
import { itemsInFile } from "../learning/evaluation/read-items.ts";
import { previewFile } from "../learning/preview-file.ts";
import { importError } from "../learning/importers/read.ts";
import { defineCommand } from "./command.ts";
import type { CommandContext } from "./context.ts";
import { originOfFiles } from "./dataset-options.ts";
import {
  discard,
  filesToImport,
  keepAsTest,
  keepForLater,
  keepInFolder,
  moveToLibrary,
  type LibraryOf,
} from "../learning/incoming-files.ts";
import { startImport } from "./long-import.ts";
import { isLongTest, startTest } from "./long-test.ts";
import { missingOption } from "./missing-option.ts";
import { receiptReply } from "./receipt.ts";
import { shorten } from "./shorten.ts";
import { testFacts, testFiles, testReport } from "./test-report.ts";
import { usageHints } from "./usage.ts";

/** What a file may be meant for. */
const purposes = ["knowledge", "positive", "negative", "test", "library"] as const;
type Purpose = (typeof purposes)[number];

const lessonsShown = 3;

export default defineCommand({
  name: "import",
  about: "command.import",
  needs: "trainer",
  options: {
    as: { type: "choice", about: "command.import.as", choices: purposes, optional: true },
    path: { type: "text", about: "command.import.path", suggest: "file", optional: true },
    files: { type: "files", about: "command.import.files", optional: true },
    yes: { type: "flag", about: "command.import.yes", optional: true },
    cancel: { type: "flag", about: "command.import.cancel", optional: true },
  },
  usageExamples: [
    "import",
    "import as=knowledge faq.csv",
    "import as=test faq.csv --yes",
    "import library letters/good",
  ],
  async run({ as: purpose, path: given, files = [], yes = false, cancel = false }, context) {
    if (given === undefined && files.length === 0) throw missingOption("import", "files", context);
    const folder = files.some(({ name }) => name === given) ? undefined : given;
    if (files.length > 0 && (purpose === "library" || (!purpose && folder !== undefined)))
      return keptReply(
        await keepInFolder(files, folder ?? "", libraryOf(context), context.signal),
        context,
      );
    if (files.length > 0 && folder !== undefined) throw strayFolder(folder, context);
    const path = files.length > 0 ? await keepReadable(files, context) : given!;
    if (cancel) {
      await discard(path, libraryOf(context));
      return { text: context.say("import.cancelled"), data: { path } };
    }
    try {
      if (purpose === undefined) return await question(path, context);
      if (purpose === "library")
        return keptReply(await moveToLibrary(path, libraryOf(context)), context);
      return purpose === "test"
        ? await asTest(path, yes, context)
        : await asLessons(path, purpose, yes, context);
    } catch (thrown) {
      // Whoever mends a file sends it again: this one is of no use to anybody.
      if (asApprenticeError(thrown).code.startsWith("import-")) {
        await discard(path, libraryOf(context));
      }
      throw thrown;
    }
  },
});

const keptReply = (paths: readonly string[], { say }: CommandContext): Reply => ({
  text: say("import.kept", { count: paths.length, paths: paths.join(", ") }),
  data: { paths: [...paths] },
});

/** Files that teach do not stay, so a folder to keep them in means nothing. */
function strayFolder(folder: string, { commands, prefix }: CommandContext): ApprenticeError {
  const form = commands.find(({ name }) => name === "import")!;
  return new ApprenticeError("command-argument-extra", {
    command: form.name,
    near: folder.slice(0, 60),
    ...usageHints(form, prefix),
  });
}

/** Keeps what came with the message, unless it cannot even be opened. */
async function keepReadable(
  files: readonly Attachment[],
  context: CommandContext,
): Promise<string> {
  const path = await keepForLater(files, libraryOf(context), context.signal);
  try {
    await filesToImport(path, libraryOf(context));
    return path;
  } catch (thrown) {
    await discard(path, libraryOf(context));
    throw thrown;
  }
}

const step = (label: string, path: string, values: Readonly<Record<string, string>>) => ({
  label,
  call: { name: "import", values: { ...values, path } },
});

const cancelButton = (path: string, { say }: CommandContext): ReplyButton => ({
  ...step(say("button.cancel"), path, { cancel: "yes" }),
  style: "bad",
});

/** What is it for? The words of a file do not say whether they are to be followed. */
async function question(path: string, context: CommandContext): Promise<Reply> {
  const { say } = context;
  const names = (await filesToImport(path, libraryOf(context))).map(({ name }) => name);
  const buttons = purposes.map((purpose) =>
    step(say(`import.as-${purpose}`), path, { as: purpose }),
  );
  return {
    text: say("import.question", { count: names.length, names: names.join(", ") }),
    data: { path, files: names },
    buttons: [...buttons, cancelButton(path, context)],
  };
}

async function asLessons(
  path: string,
  purpose: Exclude<Purpose, "test" | "library">,
  yes: boolean,
  context: CommandContext,
): Promise<Reply> {
  const { teaching, teacher, message, signal, say } = context;
  const label: Label = purpose === "negative" ? "negative" : "positive";
  const lessons = await lessonsAt(path, label, context);
  if (!yes) return preview(path, purpose, lessons, context);
  const total = lessons.length;
  const origin = originOfFiles(message);
  if (total > longImport) {
    const files = await filesToImport(path, libraryOf(context));
    const what = files.map(({ name }) => name).join(", ");
    return startImport({ what, path, label, origin }, context);
  }
  const files = await filesToImport(path, libraryOf(context));
  const receipt = await teaching.importLessons({ ...teacher, origin }, lessons, {
    signal,
    ...(files.length === 1 && { source: files[0]!.name }),
    progress: (done) => context.progress(say("import.progress", { done, total })),
  });
  await discard(path, libraryOf(context));
  return receiptReply(receipt, context, "teach.learned-many", { count: receipt.added });
}

const libraryOf = ({ library, message: { workspace } }: CommandContext): LibraryOf => ({
  library,
  workspace,
});

const namesOf = (files: readonly { readonly name: string }[]): string =>
  files
    .map(({ name }) => name)
    .join(", ")
    .slice(0, 200);

/** All or nothing: a mistake in one file leaves the others untaught too. */
async function lessonsAt(
  path: string,
  label: Label,
  context: CommandContext,
): Promise<readonly Lesson[]> {
  const { signal, voice } = context;
  const lessons: Lesson[] = [];
  const files = await filesToImport(path, libraryOf(context));
  for (const file of files) {
    const imported = await previewFile({ ...file, label }, signal);
    if (imported.problemCount > 0) throw importError(file.name, imported, voice);
    for (const lesson of imported.lessons) lessons.push(lesson);
  }
  if (lessons.length === 0) throw new ApprenticeError("import-empty", { file: namesOf(files) });
  return lessons;
}

function preview(
  path: string,
  purpose: Exclude<Purpose, "test" | "library">,
  lessons: readonly Lesson[],
  context: CommandContext,
): Reply {
  const { say } = context;
  const count = lessons.length;
  const shown = lessons.slice(0, lessonsShown).map(({ prompt, answer, label }) => {
    const values = { prompt: shorten(prompt), answer: answer === null ? "" : shorten(answer) };
    if (answer === null) return say("import.lesson-unknown", values);
    return say(label === "negative" ? "import.lesson-negative" : "import.lesson", values);
  });
  return {
    text: [say("import.preview", { count }), ...shown].join("\n"),
    data: { path, count },
    buttons: [
      { ...step(say("button.teach-all"), path, { as: purpose, yes: "yes" }), style: "good" },
      cancelButton(path, context),
    ],
  };
}

async function asTest(path: string, yes: boolean, context: CommandContext): Promise<Reply> {
  const { evaluations, teacher, signal, voice, say } = context;
  const files = await filesToImport(path, libraryOf(context));
  const items = [];
  for (const file of files)
    items.push(...(await itemsInFile(file, { name: file.name, voice, signal })));
  if (items.length === 0) throw new ApprenticeError("test-empty", { file: namesOf(files) });
  if (!yes) {
    const count = items.length;
    return {
      text: say("import.preview-test", { count }),
      data: { path, count },
      buttons: [
        { ...step(say("button.test"), path, { as: "test", yes: "yes" }), style: "good" },
        cancelButton(path, context),
      ],
    };
  }
  const test: Test = { what: path, items, throughModel: false };
  if (isLongTest(test)) {
    const kept = await keepAsTest(path, libraryOf(context));
    return startTest({ ...test, what: kept.join(", ") }, undefined, context);
  }
  const evaluation = await evaluations.run(teacher, test, { signal });
  const kept = await keepAsTest(path, libraryOf(context));
  const what = kept.join(", ");
  const summary = summaryOf(evaluation);
  return {
    text: [
      testReport(summary, what, context),
      say("import.test-kept", { path: kept[0] ?? path }),
    ].join("\n"),
    data: testFacts(summary, what),
    files: testFiles(evaluation),
  };
}
