import { ApprenticeError } from "../core/errors.ts";
import { datasetName, nameFromPath } from "../learning/datasets/dataset-name.ts";
import type { BuildOrder } from "../learning/datasets/build-version.ts";
import { defineCommand } from "./command.ts";
import type { CommandContext } from "./context.ts";
import { attachedFiles, labelFrom, requireOperator } from "./dataset-options.ts";
import { builtReply } from "./dataset-reply.ts";
import { yesOrNo } from "./yes-no.ts";

export default defineCommand({
  name: "select_dataset",
  about: "command.select_dataset",
  needs: "trainer",
  options: {
    path: {
      type: "text",
      about: "command.select_dataset.path",
      aliases: ["path_to_dir_positive", "directory", "folder", "name"],
      suggest: "dataset",
      optional: true,
    },
    positive: { type: "flag", about: "command.dataset.positive", optional: true },
    negative: { type: "flag", about: "command.dataset.negative", optional: true },
    attest: { type: "flag", about: "command.dataset.attest", optional: true },
    files: { type: "files", about: "command.dataset.files", optional: true },
  },
  usageExamples: [
    "select_dataset",
    "select_dataset shop-faq",
    "select_dataset letters/good positive=yes",
    "select_dataset letters/bad --negative",
  ],
  async run({ path, positive, negative, attest = false, files = [] }, context) {
    if (attest) requireOperator(context);
    // With files attached, a lone "yes" or "no" says what they are.
    const word = files.length > 0 && path !== undefined ? yesOrNo(path) : undefined;
    const named = word === undefined ? path : undefined;
    const label = labelFrom(positive ?? word, negative);
    const { datasets, archiving, message, signal } = context;
    const wanted = await whatIsMeant(named, files.length > 0, context);
    const built = await datasets.build({
      teacher: context.teacher,
      name: wanted.name,
      ...(files.length > 0
        ? { source: { kind: "attached", ...(await attachedFiles(files, context)) } }
        : wanted.source && { source: wanted.source }),
      ...(label && { label }),
      attest,
      reason: "select_dataset",
      voice: context.voice,
      signal,
    });
    const { name, version } = built.manifest;
    const content = { kind: "dataset", name, version } as const;
    const archive = await archiving.pack(message.workspace, content, { format: "zip", signal });
    await datasets.select(message.workspace, wanted.name);
    return builtReply(built, context, "select_dataset.done", { archive: archive.name });
  },
});

/** A dataset that exists, library files, or without a name everything taught. */
async function whatIsMeant(
  path: string | undefined,
  hasFiles: boolean,
  { datasets, message }: CommandContext,
): Promise<{ name: string; source?: NonNullable<BuildOrder["source"]> }> {
  if (path === undefined) return hasFiles ? { name: "files" } : { name: "taught" };
  const names = await datasets.names(message.workspace);
  const name = nameOrNone(path);
  if (name !== undefined && names.includes(name)) return { name };
  if (hasFiles) return { name: nameFromPath(path) };
  return { name: nameFromPath(path), source: { kind: "library", path } };
}

function nameOrNone(text: string): string | undefined {
  try {
    return datasetName(text);
  } catch (error) {
    if (error instanceof ApprenticeError) return undefined;
    throw error;
  }
}
