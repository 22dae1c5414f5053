import type { Reply } from "../core/reply.ts";

/** Whether somebody sits at this terminal who can be asked. */
export const canAsk = (): boolean => process.stdin.isTTY && process.stdout.isTTY;

/** Asks for the first button of a reply, as a chat would show it; gives its call when it is pressed. */
export async function confirmedCall({ buttons }: Reply) {
  const [button] = buttons ?? [];
  if (!button) return undefined;
  const { confirm, isCancel } = await import("@clack/prompts");
  const answer = await confirm({ message: button.label, output: process.stderr });
  return isCancel(answer) || !answer ? undefined : button.call;
}
