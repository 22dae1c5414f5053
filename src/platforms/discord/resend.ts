import { DiscordAPIError, HTTPError, RateLimitError } from "discord.js";
import { random, sleep } from "../../core/clock.ts";
import { ApprenticeError } from "../../core/errors.ts";

const attempts = 3;
/** Milliseconds before the second attempt; more before each further one. */
const shortestWait = 150;

/**
 * Does something again when the connection broke before Discord answered. Only for what may arrive
 * twice: an edit, or a message with an enforced nonce. discord.js itself retries server errors.
 */
export async function resend<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (thrown) {
      if (attempt >= attempts || wasAnswered(thrown)) throw thrown;
      await sleep(shortestWait * attempt * (1 + random()));
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
