import { isTaughtOnly } from "../core/community.ts";
import { ApprenticeError } from "../core/errors.ts";
import { prefixPattern } from "../core/prefix.ts";
import { voices } from "../texts/say.ts";
import { usageHints } from "./usage.ts";
import { defineCommand } from "./command.ts";
import type { CommandContext } from "./context.ts";
import { requireRoleFor } from "./require-role.ts";

const automatic = "auto";

export default defineCommand({
  name: "settings",
  about: "command.settings",
  needs: "member",
  options: {
    prefix: { type: "text", about: "command.settings.prefix", optional: true },
    voice: {
      type: "choice",
      about: "command.settings.voice",
      choices: [automatic, ...voices],
      optional: true,
    },
    review: { type: "flag", about: "command.settings.review", optional: true },
    threads: { type: "flag", about: "command.settings.threads", optional: true },
    taught: { type: "flag", about: "command.settings.taught", optional: true },
  },
  usageExamples: ["settings", "settings voice=ru", "settings prefix=?", "settings --no-review"],
  async run({ prefix, voice, review, threads, taught }, context) {
    const { message, workspaces, say } = context;
    const changed = {
      ...(prefix !== undefined && { prefix: checkedPrefix(prefix, context) }),
      ...(voice !== undefined && { voice: voice === automatic ? null : voice }),
      ...(review !== undefined && { reviewMembers: review }),
      ...(threads !== undefined && { threads }),
      ...(taught !== undefined && { taughtOnly: taught }),
    };
    if (Object.keys(changed).length > 0) {
      requireRoleFor(context, "admin");
      await workspaces.change(message.workspace, changed);
    }
    const settings = await workspaces.settings(message.workspace);
    const { persona: _shownByItsOwnCommand, ...data } = settings;
    const word = (value: boolean | null, fallback: boolean) =>
      say((value ?? fallback) ? "word.on" : "word.off");
    return {
      text: say("settings.are", {
        prefix: settings.prefix ?? context.chatPrefix,
        voice: settings.voice ?? automatic,
        review: word(settings.reviewMembers, context.reviewMembers),
        threads: word(settings.threads, false),
        taught: word(settings.taughtOnly, isTaughtOnly(context.taughtOnly, message.workspace)),
      }),
      data,
    };
  },
});

function checkedPrefix(prefix: string, context: CommandContext): string {
  if (prefixPattern.test(prefix)) return prefix;
  throw new ApprenticeError("command-argument-invalid", {
    option: "prefix",
    value: prefix.slice(0, 40),
    allowed: context.say("settings.prefix-rule"),
    nearest: "",
    ...usageHints(
      context.commands.find(({ name }) => name === "settings")!,
      context.prefix,
    ),
  });
}
