import { randomBytes } from "./core/clock.ts";
import type { Config } from "./config.ts";
import type { Log } from "./core/log.ts";
import { openApp } from "./compose.ts";
import { openConsole } from "./compose-console.ts";
import { openTelegram } from "./compose-telegram.ts";

/**
 * Runs Apprentice until `stop` is aborted: opens the data, opens the console, tells its address,
 * waits, and closes in reverse order, so that nothing acknowledged is lost.
 */
export async function runUntil(
  stop: AbortSignal,
  config: Config,
  log: Log,
  tell: (url: string) => void,
): Promise<void> {
  const app = await openApp(config, log);
  try {
    const token = config["console.token"] || randomBytes(24).toString("base64url");
    const webConsole = openConsole(app, token);
    const { url } = await webConsole.start();
    await app.announceConsole(url);
    const telegram = openTelegram(app);
    tell(url);
    await aborted(stop);
    log.info("Stopping");
    await telegram?.stop();
    await webConsole.stop();
  } finally {
    await app.close();
  }
  log.info("Stopped");
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    // An open listening socket keeps the process alive; this promise alone would not.
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
