import { DiscordAPIError, HTTPError, RateLimitError } from "discord.js";
import { elapsed, random, sleep } from "../../core/clock.ts";
import { ApprenticeError } from "../../core/errors.ts";

/** How long a message is tried again while nothing answers, in milliseconds. */
const patience = 6_000;
/** Milliseconds before the second attempt, doubled each time, with jitter. */
const minWait = 150;

/**
 * Does something again when the connection broke before Discord answered. Only for what may arrive
 * twice: an edit, or a message with an enforced nonce. discord.js itself retries server errors.
 */
export async function resend<Result>(work: () => Promise<Result>): Promise<Result> {
  const startedAt = elapsed();
  for (let wait = minWait; ; wait *= 2) {
    try {
      return await work();
    } catch (thrown) {
      if (elapsed() - startedAt + wait > patience || wasAnswered(thrown)) throw thrown;
      await sleep(wait * (1 + random() / 2));
    }
  }
}

const wasAnswered = (thrown: unknown): boolean =>
  thrown instanceof DiscordAPIError ||
  thrown instanceof HTTPError ||
  thrown instanceof RateLimitError ||
  thrown instanceof ApprenticeError ||
  !isNetwork(thrown);

/** Undici's and the system's failures have codes in capitals. */
const isNetwork = (thrown: unknown): boolean =>
  /^(UND_ERR_\w+|E[A-Z]+)$/.test(String((Object(thrown) as { code?: unknown }).code));
