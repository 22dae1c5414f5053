import { ApprenticeError, asApprenticeError } from "../core/errors.ts";
import type { Reply } from "../core/reply.ts";
import { newId } from "../core/ids.ts";
import { longArchive, type ArchiveTask } from "../learning/archive-work.ts";
import type { Manifest } from "../learning/datasets/dataset.ts";
import { datasetName } from "../learning/datasets/dataset-name.ts";
import { filesAt } from "../learning/datasets/library-files.ts";
import { archiveFormats } from "../storage/archive.ts";
import type { ArchiveContent } from "../storage/archive-manifest.ts";
import type { PackedArchive } from "../storage/archives.ts";
import { defineCommand } from "./command.ts";
import type { CommandContext } from "./context.ts";
import { placeOf, startedReply } from "./job-reply.ts";
import { usageHints } from "./usage.ts";

export default defineCommand({
  name: "archive",
  about: "command.archive",
  needs: "trainer",
  options: {
    directory: {
      type: "text",
      about: "command.archive.directory",
      aliases: ["folder", "path"],
      optional: true,
    },
    name: { type: "text", about: "command.archive.name", optional: true },
    format: {
      type: "choice",
      about: "command.archive.format",
      choices: archiveFormats,
      optional: true,
    },
    verify: { type: "flag", about: "command.archive.verify", optional: true },
    restore: { type: "flag", about: "command.archive.restore", optional: true },
  },
  usageExamples: [
    "archive",
    "archive letters",
    "archive taught",
    "archive dataset shop-faq",
    "archive --verify letters-2026-11-21.zip",
    "archive --restore letters-2026-11-21.zip",
  ],
  async run({ directory, name, format = "zip", verify = false, restore = false }, context) {
    const { archiving, message, signal, say } = context;
    const { workspace } = message;
    if (directory === undefined) return list(context);
    // A folder's name may hold blanks.
    const path = name === undefined ? directory : `${directory} ${name}`;
    if (restore) {
      const { manifest, place } = await archiving.restore(workspace, path, signal);
      const count = manifest.files.length;
      return { text: say("archive.restored", { count, archive: path, place }), data: { place } };
    }
    if (verify) {
      const { files, content } = await archiving.verify(workspace, path, signal);
      return {
        text: say("archive.verified", { count: files.length, archive: path }),
        data: { content: { ...content }, files: files.map((file) => ({ ...file })) },
      };
    }
    const manifest = await datasetMeant(directory, name, context);
    if (manifest) {
      const { version } = manifest;
      const content = { kind: "dataset", name: manifest.name, version } as const;
      return pack({ what: `${manifest.name} v${version}`, content, format }, context);
    }
    const content = { kind: "library", path } as const;
    if (name !== undefined) await refuseStrayName(content, name, context);
    return pack({ what: path, content, format }, context);
  },
});

/** `dataset NAME`, or all that was taught, unless a folder of the library is called that. */
async function datasetMeant(
  directory: string,
  name: string | undefined,
  { datasets, library, message: { workspace }, teacher, voice, signal }: CommandContext,
): Promise<Manifest | undefined> {
  const word = directory.toLowerCase();
  const isTaught = (word === "dataset" ? name?.toLowerCase() : word) === "taught";
  if (word === "dataset" && name !== undefined && !isTaught)
    return datasets.describe(workspace, datasetName(name));
  if (!isTaught || (word === "taught" && name !== undefined)) return undefined;
  if (word === "taught" && (await filesAt(library, workspace, directory)).length > 0)
    return undefined;
  const order = { teacher, name: "taught", attest: false, reason: "archive", voice, signal };
  return (await datasets.build(order)).manifest;
}

/** A second word that is neither a dataset's name nor the rest of a folder's. */
async function refuseStrayName(
  content: ArchiveContent,
  name: string,
  { archiving, commands, message, prefix }: CommandContext,
): Promise<void> {
  const form = commands.find((command) => command.name === "archive")!;
  await archiving.measure(message.workspace, content).catch((thrown: unknown) => {
    if (asApprenticeError(thrown).code !== "library-file-missing") throw thrown;
    throw new ApprenticeError("command-argument-extra", {
      command: form.name,
      near: name.slice(0, 60),
      ...usageHints(form, prefix),
      usageExample: `${prefix}archive dataset shop-faq`,
    });
  });
}

/** Packs now, or as a job when that takes long. */
async function pack(task: ArchiveTask, context: CommandContext): Promise<Reply> {
  const { archiving, jobs, message, signal } = context;
  const { workspace, person } = message;
  const { what, content, format } = task;
  const { bytes, files } = await archiving.measure(workspace, content);
  if (bytes <= longArchive.bytes && files <= longArchive.files) {
    const packed = await archiving.pack(workspace, content, { format, signal });
    return packedReply(packed, what, context);
  }
  const job = await jobs.start({
    id: newId(),
    workspace,
    kind: "archive",
    order: task,
    estimate: null,
    person: person.id,
    place: placeOf(context),
  });
  return startedReply(job, context);
}

function packedReply(packed: PackedArchive, directory: string, { say }: CommandContext): Reply {
  const { name, size, manifest } = packed;
  const { files } = manifest;
  return {
    text: say("archive.done", { directory, archive: name, count: files.length }),
    data: { archive: name, size, files: files.map((file) => ({ ...file })) },
  };
}

async function list({ archiving, message, prefix, say }: CommandContext): Promise<Reply> {
  const archives = await archiving.list(message.workspace);
  const lines = archives.map(({ name, size }) => `- ${name} (${Math.ceil(size / 1024)} KB)`);
  return {
    text:
      archives.length === 0
        ? say("archive.none", { prefix })
        : [say("archive.list", { count: archives.length }), ...lines].join("\n"),
    data: archives.map((archive) => ({ ...archive })),
  };
}
