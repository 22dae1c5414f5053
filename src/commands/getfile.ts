import { defineCommand } from "./command.ts";

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
  async run({ path }, { library, message, say }) {
    if (path === undefined) {
      const files = await library.list(message.workspace);
      const lines = files.map((file) => `- ${file.path} (${Math.ceil(file.size / 1024)} KB)`);
      const text =
        files.length === 0
          ? say("getfile.empty")
          : [say("getfile.list", { count: files.length }), ...lines].join("\n");
      return { text, data: files.map((file) => ({ ...file })) };
    }
    const bytes = await library.read(message.workspace, path);
    const name = path.split("/").at(-1)!;
    return {
      text: say("getfile.here"),
      data: { path, size: bytes.length },
      files: [{ name, mediaType: "application/octet-stream", bytes }],
    };
  },
});
