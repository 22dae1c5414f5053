import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context } from "hono";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { random, sleep } from "../core/clock.ts";
import { ApprenticeError } from "../core/errors.ts";
import type { Log } from "../core/log.ts";

/** Wrong tokens from one address in a window before it is locked out, and how long that is, in seconds. */
const maxGuesses = 10;
const window = 60;
const lockout = 5 * 60;
/** Each wrong token is answered this much later than the one before, in milliseconds. */
const delayPerGuess = 100;

/** Slows down and locks out whoever guesses the token of the console. */
export type GuessLimits = {
  /** Throws `console-locked` while an address is locked out. */
  admit(context: Context): Promise<void>;
  /** Notes a wrong token, and takes its time. */
  wrong(context: Context): Promise<void>;
};

export function createGuessLimits(
  log: Log,
  pause: (milliseconds: number) => Promise<void> = sleep,
): GuessLimits {
  const limiter = new RateLimiterMemory({
    points: maxGuesses,
    duration: window,
    blockDuration: lockout,
  });
  return {
    async admit(context) {
      const counted = await limiter.get(addressOf(context));
      if (counted === null || counted.remainingPoints > 0) return;
      throw locked(counted.msBeforeNext);
    },
    async wrong(context) {
      const address = addressOf(context);
      const counted = await limiter.consume(address).catch((refusal: unknown) => {
        if (refusal instanceof RateLimiterRes) return refusal;
        throw refusal;
      });
      if (counted.remainingPoints === 0 && counted.consumedPoints === maxGuesses)
        log.warn("Somebody guesses the console's token, and is locked out", { address });
      await pause(
        delayPerGuess * Math.min(counted.consumedPoints, maxGuesses) * (1 + random() / 4),
      );
    },
  };
}

const locked = (milliseconds: number): ApprenticeError =>
  new ApprenticeError("console-locked", { seconds: Math.ceil(milliseconds / 1_000) });

/** The address of the connection itself: a header could name any. */
const addressOf = (context: Context): string => {
  try {
    return getConnInfo(context).remote.address ?? "?";
  } catch {
    // Without a connection, as in a test that calls the app itself.
    return "?";
  }
};
