import { ApprenticeError } from "../core/errors.ts";
import type { Library } from "../storage/library.ts";
import { defineCommand } from "./command.ts";
import { describeAll } from "./describe.ts";

/** The workspace's own words above the generated list, when somebody put them into the library. */
const ownFile = "instruction.md";

export default defineCommand({
  name: "instruction",
  about: "command.instruction",
  needs: "member",
  options: {},
  async run(_values, context) {
    const own = await ownInstruction(context.library, context.message.workspace);
    const text = [
      own,
      context.say("instruction", { prefix: context.prefix }),
      describeAll(context.commands, context),
    ]
      .filter((part) => part !== undefined)
      .join("\n\n");
    return { text, data: { own: own !== undefined } };
  },
});

async function ownInstruction(library: Library, workspace: string): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await library.read(workspace, ownFile)).trim();
  } catch (error) {
    if (error instanceof ApprenticeError && error.code === "library-file-missing") return undefined;
    throw error;
  }
}
