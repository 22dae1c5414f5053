import type { ApprenticeError } from "../../core/errors.ts";
import type { Outbound } from "../../core/platform.ts";
import { telegramFailure } from "./failure.ts";

/** Nothing could be sent although nothing forbids it: Telegram is away, or has a fault of its own. */
export class Unsent extends Error {
  constructor(failure: ApprenticeError) {
    super("Nothing could be sent", { cause: failure });
  }
}

/** An outbound, and the failure with which the last attempt to send over it ended, if it may pass. */
export type Watched = {
  readonly outbound: Outbound;
  passingFailure(): ApprenticeError | undefined;
};

export function watchSending(outbound: Outbound): Watched {
  let last: ApprenticeError | undefined;
  const watched = async <Result>(sending: Promise<Result>): Promise<Result> => {
    try {
      const result = await sending;
      last = undefined;
      return result;
    } catch (thrown) {
      const failure = telegramFailure(thrown);
      last = isPassing(failure) ? failure : undefined;
      throw thrown;
    }
  };
  return {
    outbound: {
      ...outbound,
      send: (reply) => watched(outbound.send(reply)),
      // What is shown of an unfinished answer may be left out.
      edit: (id, reply) =>
        reply.unfinished === true ? outbound.edit(id, reply) : watched(outbound.edit(id, reply)),
    },
    passingFailure: () => last,
  };
}

const isPassing = ({ code, values }: ApprenticeError): boolean =>
  code === "telegram-unreachable" ||
  code === "telegram-busy" ||
  (code === "telegram-refused" && Number(values["status"]) >= 500);
