import type { Reply } from "../core/reply.ts";
import type { DatasetPlace } from "../learning/datasets/dataset.ts";
import { defineCommand } from "./command.ts";
import type { CommandContext } from "./context.ts";

export default defineCommand({
  name: "mydata",
  about: "command.mydata",
  needs: "member",
  personal: true,
  options: {
    act: {
      type: "choice",
      about: "command.mydata.act",
      choices: ["export", "forget"],
      optional: true,
    },
    yes: { type: "flag", about: "command.mydata.yes", optional: true },
  },
  usageExamples: ["mydata", "mydata export", "mydata forget --yes"],
  async run({ act, yes = false }, context) {
    if (act === "export") return exported(context);
    if (act === "forget" && yes) return forgotten(context);
    const { say, privacy, message, prefix } = context;
    const { counts } = await privacy.data(message.workspace, message.person.id);
    const text = say(act === "forget" ? "mydata.sure" : "mydata.counts", { ...counts, prefix });
    const forget = act === "forget" ? { act, yes: "yes" } : { act: "forget" };
    return {
      text,
      data: counts,
      buttons: [
        { label: say("button.export"), call: { name: "mydata", values: { act: "export" } } },
        { label: say("button.forget"), call: { name: "mydata", values: forget }, style: "bad" },
      ],
    };
  },
});

async function exported({ privacy, message, say }: CommandContext): Promise<Reply> {
  const { content } = await privacy.data(message.workspace, message.person.id);
  const bytes = new TextEncoder().encode(`${JSON.stringify(content, null, 2)}\n`);
  return {
    text: say("mydata.exported"),
    data: content,
    files: [{ name: "mydata.json", mediaType: "application/json", bytes }],
    personal: true,
  };
}

/** Forgets, and says which files still hold what was built from it before. */
async function forgotten(context: CommandContext): Promise<Reply> {
  const { teaching, datasets, message, say } = context;
  const { workspace, person } = message;
  const { exampleIds, ...counts } = await teaching.forget(workspace, person.id);
  const versions = new Map<string, DatasetPlace>();
  for (const id of exampleIds) {
    for (const place of await datasets.containing(workspace, id)) {
      versions.set(`${place.name} v${place.version}`, place);
    }
  }
  const names = [...versions.keys()];
  const told = [say("mydata.forgotten", counts)];
  if (names.length > 0)
    told.push(say("mydata.datasets", { count: names.length, versions: names.join(", ") }));
  return { text: told.join(" "), data: { ...counts, versions: names } };
}
