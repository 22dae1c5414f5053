import type { Outbound } from "../../core/platform.ts";
import { ApprenticeError } from "../../core/errors.ts";
import { limits } from "./payload.ts";
import { editInterval } from "./outbound.ts";

/**
 * The way into a channel that the client does not hold, such as a private chat of before the start: it
 * is asked for when something is to be sent. Throws `discord-gone` where there is none.
 */
export function lazyOutbound(open: () => Promise<Outbound | undefined>): Outbound {
  let opening: Promise<Outbound | undefined> | undefined;
  const way = async (): Promise<Outbound> => {
    opening ??= open();
    const opened = await opening.catch((thrown: unknown) => {
      opening = undefined;
      throw thrown;
    });
    if (!opened) throw new ApprenticeError("discord-gone");
    return opened;
  };
  return {
    limits: { text: limits.text, editInterval, messages: limits.messages },
    send: async (reply, signal) => (await way()).send(reply, signal),
    edit: async (id, reply, signal) => (await way()).edit(id, reply, signal),
  };
}
