import type { Reply } from "../core/reply.ts";
import { datasetName } from "../learning/datasets/dataset-name.ts";
import { archiveFormats } from "../storage/archive.ts";
import type { PackedArchive } from "../storage/archives.ts";
import { defineCommand } from "./command.ts";
import type { CommandContext } from "./context.ts";

export default defineCommand({
  name: "archive",
  about: "command.archive",
  needs: "trainer",
  options: {
    directory: { type: "text", about: "command.archive.directory", optional: true },
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
    "archive dataset shop-faq",
    "archive --verify letters-2026-11-21.zip",
    "archive --restore letters-2026-11-21.zip",
  ],
  async run({ directory, name, format = "zip", verify = false, restore = false }, context) {
    const { archiving, datasets, message, signal, say } = context;
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
    if (directory.toLowerCase() === "dataset" && name !== undefined) {
      const manifest = await datasets.describe(workspace, datasetName(name));
      const packed = await archiving.packDataset(manifest, { format, signal });
      return packedReply(packed, `${manifest.name} v${manifest.version}`, context);
    }
    const packed = await archiving.packLibrary(workspace, path, { format, signal });
    return packedReply(packed, path, context);
  },
});

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
