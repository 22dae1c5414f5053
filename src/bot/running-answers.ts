import { ApprenticeError } from "../core/errors.ts";
import type { Message } from "../core/message.ts";
import { mayActAs } from "../core/person.ts";

/** What stopping the answer of a room came to. `foreign`: somebody else asked for it. */
export type Stopping = "stopped" | "nothing" | "foreign";

/** The answers that are being made right now, so that they can be stopped. */
export type RunningAnswers = {
  /** Runs `work` with a signal that `stop` aborts; `outer` aborts it too. */
  run<Result>(
    message: Message,
    outer: AbortSignal,
    work: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result>;
  /** Stops the answer in a message's room for whoever asked for it, or for a trainer. */
  stop(message: Message): Stopping;
};

export function createRunningAnswers(): RunningAnswers {
  const running = new Map<string, { readonly person: string; readonly stop: AbortController }>();
  const keyOf = ({ workspace, room }: Message): string => `${workspace} ${room}`;
  return {
    async run(message, outer, work) {
      const key = keyOf(message);
      const stop = new AbortController();
      // A room answers one message after another, so the key is free.
      running.set(key, { person: message.person.id, stop });
      try {
        return await work(AbortSignal.any([outer, stop.signal]));
      } finally {
        running.delete(key);
      }
    },
    stop(message) {
      const { person } = message;
      const answer = running.get(keyOf(message));
      if (!answer) return "nothing";
      if (answer.person !== person.id && !mayActAs(person.role, "trainer")) return "foreign";
      answer.stop.abort(new ApprenticeError("cancelled"));
      return "stopped";
    },
  };
}
