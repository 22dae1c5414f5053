/** One thing that happened, as it went over the gateway or between a person and the application. */
export type Happening = {
  /** Counts up from 1. */
  readonly at: number;
  /** A gateway event such as `MESSAGE_CREATE`, or `interaction.modal`, `interaction.choices`. */
  readonly name: string;
  /** The id it is about: a message or an interaction. */
  readonly about: string;
  readonly channelId?: string;
  readonly detail?: unknown;
};

export type Happenings = {
  readonly all: readonly Happening[];
  /** The number of the last one. */
  readonly last: number;
  tell(happening: Omit<Happening, "at">): void;
  /**
   * Resolves with what `look` gives for the first happening after number `since` for which it gives
   * anything. Rejects after `patience` milliseconds, naming what did happen.
   */
  wait<Found>(
    look: (happening: Happening) => Found | undefined,
    options: { readonly since: number; readonly what: string; readonly patience?: number },
  ): Promise<Found>;
};

const longestWait = 5_000;
/** The patience of a test is real time, also where a test makes the clock run faster. */
const { setTimeout: startTimer } = globalThis;

export function createHappenings(): Happenings {
  const all: Happening[] = [];
  const listeners = new Set<(happening: Happening) => void>();
  return {
    all,
    get last() {
      return all.length;
    },
    tell(happening) {
      const numbered = { at: all.length + 1, ...happening };
      all.push(numbered);
      for (const listener of listeners) listener(numbered);
    },
    wait(look, { since, what, patience = longestWait }) {
      for (const happening of all.slice(since)) {
        const found = look(happening);
        if (found !== undefined) return Promise.resolve(found);
      }
      return new Promise((resolve, reject) => {
        const finish = (): void => {
          clearTimeout(timer);
          listeners.delete(listener);
        };
        const listener = (happening: Happening): void => {
          try {
            const found = look(happening);
            if (found === undefined) return;
            finish();
            resolve(found);
          } catch (error) {
            finish();
            reject(error instanceof Error ? error : new Error(String(error)));
          }
        };
        const timer = startTimer(() => {
          finish();
          const seen = all.slice(since).map(({ name, about }) => `${name} ${about}`);
          reject(
            new Error(`Waited in vain for ${what}. Happened: ${seen.join(", ") || "nothing"}`),
          );
        }, patience);
        listeners.add(listener);
      });
    },
  };
}
