import type { Reply } from "../core/reply.ts";
import type { CommandForm, Options, Values } from "./command-form.ts";
import type { CommandContext } from "./context.ts";

/** A command, declared once: every surface derives its form of it from this object. */
type Command<Given extends Options> = CommandForm<Given> & {
  run(values: Values<Given>, context: CommandContext): Promise<Reply>;
};

/** Any command, when the types of its values do not matter. */
export type AnyCommand = CommandForm & {
  run(values: never, context: CommandContext): Promise<Reply>;
};

/** Declares a command; `run` knows the types of its values. */
export const defineCommand = <const Given extends Options>(
  command: Command<Given>,
): Command<Given> => command;
