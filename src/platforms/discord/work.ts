import { asApprenticeError } from "../../core/errors.ts";
import type { Log } from "../../core/log.ts";

/** What is being done for events right now, so that stopping can wait for it. */
export type Work = {
  /** Starts something whose failure nobody else would see. */
  run(doing: () => Promise<void>): void;
  /** Resolves when nothing is being done. */
  idle(): Promise<void>;
};

export function createWork(log: Log): Work {
  const running = new Set<Promise<void>>();
  return {
    run(doing) {
      const done = doing()
        .catch((thrown: unknown) => {
          const error = asApprenticeError(thrown);
          log.error("A Discord event could not be worked on", {
            id: error.id,
            code: error.code,
            error: error.cause,
          });
        })
        .finally(() => running.delete(done));
      running.add(done);
    },
    async idle() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
