import { defineCommand } from "./command.ts";

const marks = { on: "✅", off: "⚪", problem: "⚠️" } as const;

export default defineCommand({
  name: "status",
  about: "command.status",
  needs: "member",
  options: {},
  async run(_values, context) {
    const report = await context.status(context.message.workspace);
    const lines = report.lines.map(
      (line) => `- ${marks[line.state]} ${context.say(line.key, line.values)}`,
    );
    return {
      text: [context.say("status.title", { version: report.version }), ...lines].join("\n"),
      data: {
        ...report.facts,
        version: report.version,
        parts: report.lines.map(({ part, state, key, values }) => ({
          part,
          state,
          text: context.say(key, values),
        })),
      },
    };
  },
});
