import { asApprenticeError } from "../core/errors.ts";
import type { Reply } from "../core/reply.ts";
import { defineCommand } from "./command.ts";
import type { CommandContext } from "./context.ts";

export default defineCommand({
  name: "getfile",
  about: "command.getfile",
  needs: "trainer",
  options: {
    path: {
      type: "rest",
      about: "command.getfile.path",
      aliases: ["file_path", "file", "name"],
      suggest: "file",
      optional: true,
    },
  },
  usageExamples: ["getfile", "getfile instruction.md"],
  async run({ path }, context) {
    if (path === undefined) return list(context);
    const bytes = await fileOrArchive(path, context);
    const name = path.split("/").at(-1)!;
    return {
      text: context.say("getfile.here"),
      data: { path, size: bytes.length },
      files: [{ name, mediaType: "application/octet-stream", bytes }],
    };
  },
});

/** A file of the library; where there is none, the archive of that name. */
async function fileOrArchive(
  path: string,
  { library, archiving, message: { workspace } }: CommandContext,
): Promise<Uint8Array> {
  try {
    return await library.read(workspace, path);
  } catch (thrown) {
    if (asApprenticeError(thrown).code !== "library-file-missing") throw thrown;
    const archives = await archiving.list(workspace);
    if (!archives.some(({ name }) => name === path)) throw thrown;
    return archiving.read(workspace, path);
  }
}

async function list({ library, archiving, message, prefix, say }: CommandContext): Promise<Reply> {
  const files = await library.list(message.workspace);
  const archives = await archiving.list(message.workspace);
  const line = (name: string, size: number) => `- ${name} (${Math.ceil(size / 1024)} KB)`;
  const lines: string[] = [];
  if (files.length > 0)
    lines.push(
      say("getfile.list", { count: files.length }),
      ...files.map(({ path, size }) => line(path, size)),
    );
  if (archives.length > 0)
    lines.push(
      say("archive.list", { count: archives.length }),
      ...archives.map(({ name, size }) => line(name, size)),
    );
  return {
    text: lines.length === 0 ? say("getfile.empty", { prefix }) : lines.join("\n"),
    data: {
      files: files.map((file) => ({ ...file })),
      archives: archives.map((archive) => ({ ...archive })),
    },
  };
}
