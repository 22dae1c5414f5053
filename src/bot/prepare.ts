import type { AnyCommand } from "../commands/command.ts";
import { asApprenticeError } from "../core/errors.ts";
import type { Log } from "../core/log.ts";
import type { Message } from "../core/message.ts";
import type { Prepare } from "../core/platform.ts";
import { callIn } from "./call-in.ts";
import type { Limits } from "./limits.ts";

export type PrepareParts = {
  readonly commands: readonly AnyCommand[];
  readonly prefix: string;
  readonly limits: Pick<Limits, "allows">;
  readonly prepareAnswer: (message: Message, signal: AbortSignal) => Promise<void>;
  readonly log: Log;
};

/** Only what the door would let pass to be answered is begun; commands are not, they do things. */
export const createPrepare =
  ({ commands, prefix, limits, prepareAnswer, log }: PrepareParts): Prepare =>
  async (message, signal) => {
    try {
      if (message.person.isBot || callIn(message, commands, prefix)) return;
      if (await limits.allows(message)) await prepareAnswer(message, signal);
    } catch (thrown) {
      // The same will happen when the message is really received, and is told then.
      const { id, code } = asApprenticeError(thrown);
      log.debug("An answer could not be begun early", { id, code });
    }
  };
