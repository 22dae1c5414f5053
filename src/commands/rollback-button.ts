import type { ReplyButton } from "../core/reply.ts";
import type { CommandContext } from "./context.ts";

export const rollbackButton = ({ say }: Pick<CommandContext, "say">): ReplyButton => ({
  label: say("rollback.button"),
  call: { name: "rollback", values: {} },
});
