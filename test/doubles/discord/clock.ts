/** The double's own time: runs like the real one, and can be moved on. */
export type Clock = {
  now(): number;
  /** Moves the time on by so many milliseconds. */
  pass(milliseconds: number): void;
  /** A new snowflake: milliseconds since 2015 in the upper bits, as Discord makes its ids. */
  id(): string;
};

const discordEpoch = 1_420_070_400_000;

export function createClock(): Clock {
  let ahead = 0;
  let last = 0n;
  const now = (): number => Date.now() + ahead;
  return {
    now,
    pass(milliseconds) {
      ahead += milliseconds;
    },
    id() {
      const wanted = BigInt(now() - discordEpoch) << 22n;
      last = wanted > last ? wanted : last + 1n;
      return String(last);
    },
  };
}

/** Milliseconds since the epoch at which an id was made. */
export const momentOf = (id: string): number => Number(BigInt(id) >> 22n) + discordEpoch;

export const isoTime = (milliseconds: number): string =>
  new Date(milliseconds).toISOString().replace("Z", "000+00:00");
