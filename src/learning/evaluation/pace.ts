import { elapsed } from "../../core/clock.ts";
import { breathe } from "../../storage/breathe.ts";

/** Milliseconds of work between two rests. */
const slice = 12;

/** When long work has to rest, so that other work gets its turn. */
export type Pace = {
  due(): boolean;
  /** Throws `cancelled`. */
  rest(): Promise<void>;
};

export function createPace(signal?: AbortSignal): Pace {
  let next = elapsed() + slice;
  return {
    due: () => elapsed() >= next,
    async rest() {
      await breathe(signal);
      next = elapsed() + slice;
    },
  };
}
