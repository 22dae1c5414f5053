import { ApprenticeError } from "../core/errors.ts";
import { labels, type Label } from "../core/example.ts";
import type { Attachment } from "../core/message.ts";
import type { Reply } from "../core/reply.ts";
import { longImport } from "../learning/import-work.ts";
import { keepForLater } from "../learning/incoming-files.ts";
import { previewFile } from "../learning/preview-file.ts";
import { importError, readLessons } from "../learning/importers/read.ts";
import type { Lesson } from "../learning/teaching.ts";
import { defineCommand } from "./command.ts";
import type { CommandContext } from "./context.ts";
import { attachedFiles } from "./dataset-options.ts";
import { startImport } from "./long-import.ts";
import { receiptReply } from "./receipt.ts";
import { usageOf } from "./usage.ts";
import { readTolerantJson, type Repair } from "./tolerant-json.ts";

export default defineCommand({
  name: "teach",
  about: "command.teach",
  needs: "member",
  takesLesson: true,
  options: {
    prompt: {
      type: "text",
      about: "command.teach.prompt",
      aliases: ["question", "q", "вопрос"],
      optional: true,
    },
    answer: {
      type: "rest",
      about: "command.teach.answer",
      aliases: ["a", "ответ"],
      optional: true,
    },
    label: { type: "choice", about: "command.teach.label", choices: labels, optional: true },
    replace: { type: "flag", about: "command.teach.replace", optional: true },
    files: { type: "files", about: "command.teach.files", optional: true },
  },
  usageExamples: [
    "teach When do you open? => At nine, every day.",
    'teach "When do you open?" "At nine, every day." --replace',
    'teach {"prompt": "When do you open?", "answer": "At nine, every day."}',
  ],
  async run({ prompt, answer, label = "positive", replace = false, files = [] }, context) {
    const { teaching, teacher, say } = context;
    if (files.length > 0 && prompt === undefined && answer === undefined)
      return teachFiles(files, label, context);
    if (prompt === undefined) throw missingPrompt(context);
    if (answer !== undefined) {
      const receipt = await teaching.teach(teacher, { prompt, answer, label, replace });
      return receiptReply(
        receipt,
        context,
        label === "positive" ? "teach.learned" : "teach.learned-negative",
        { prompt, answer },
      );
    }
    const { lessons, repairs } = await lessonsIn(prompt);
    const receipt =
      lessons.length === 1
        ? await teaching.teach(teacher, { ...lessons[0]!, replace })
        : await teaching.importLessons(teacher, lessons, { signal: context.signal });
    const reply = receiptReply(receipt, context, "teach.learned-many", { count: receipt.added });
    return {
      ...reply,
      text: [reply.text, ...repairs.map((repair) => say("json-repaired", repair))].join("\n"),
    };
  },
});

function missingPrompt({ commands, prefix }: CommandContext): ApprenticeError {
  const form = commands.find(({ name }) => name === "teach")!;
  const usage = usageOf(form, prefix);
  return new ApprenticeError("command-argument-missing", {
    command: form.name,
    option: "prompt",
    usage,
  });
}

/** Everything in the files as one act, so that undo takes it back as a whole. */
async function teachFiles(
  attachments: readonly Attachment[],
  label: Label,
  context: CommandContext,
): Promise<Reply> {
  const { teaching, teacher, voice, signal } = context;
  const { files, origin } = await attachedFiles(attachments, context);
  const lessons: Lesson[] = [];
  for (const file of files) {
    const imported = await previewFile({ ...file, label });
    if (imported.problemCount > 0) throw importError(file.name, imported, voice);
    for (const lesson of imported.lessons) lessons.push(lesson);
  }
  if (lessons.length === 0)
    throw new ApprenticeError("import-empty", { file: attachments[0]?.name ?? "" });
  if (lessons.length > longImport) {
    const { workspace } = teacher;
    const path = await keepForLater(attachments, { library: context.library, workspace }, signal);
    const what = files.map(({ name }) => name).join(", ");
    return startImport({ what, path, label, origin }, context);
  }
  const receipt = await teaching.importLessons({ ...teacher, origin }, lessons, { signal });
  return receiptReply(receipt, context, "teach.learned-many", { count: receipt.added });
}

/** Lessons written as JSON in place of a question and an answer. */
async function lessonsIn(
  text: string,
): Promise<{ lessons: readonly Lesson[]; repairs: readonly Repair[] }> {
  if (!/^\s*[[{]/.test(text)) throw new ApprenticeError("teaching-empty", { field: "answer" });
  const { value, repairs } = readTolerantJson(text);
  const bytes = new TextEncoder().encode(JSON.stringify(Array.isArray(value) ? value : [value]));
  const { lessons, problems } = await readLessons({ name: "lesson.json", bytes });
  if (problems.length > 0 || lessons.length === 0)
    throw new ApprenticeError("teaching-empty", { field: "answer" });
  return { lessons, repairs };
}
