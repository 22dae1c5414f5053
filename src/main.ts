import { randomBytes, sleep } from "./core/clock.ts";
import type { Config } from "./config.ts";
import { asApprenticeError } from "./core/errors.ts";
import type { Log } from "./core/log.ts";
import { releaseMemory } from "./core/release-memory.ts";
import { openApp } from "./compose.ts";
import type { App } from "./app.ts";
import { checkIntegrity } from "./storage/integrity.ts";
import { openConsole } from "./compose-console.ts";
import { discordSettings } from "./discord-settings.ts";

/** How long after the start what loading left behind is cleared away. */
const quietMilliseconds = 2_000;

/**
 * Runs Apprentice until `stop` is aborted: opens the data, opens the console, tells its address,
 * connects the chat platforms, waits, and closes in reverse order, so that nothing acknowledged is lost.
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
    app.work();
    tell(url);
    void lookForDamage(app, stop);
    const discord = await connectDiscord(app);
    const telegram = await connectTelegram(app);
    const ready = app.model?.prepare?.() ?? Promise.resolve();
    void Promise.all([ready, sleep(quietMilliseconds, stop)]).then(releaseMemory, () => undefined);
    await aborted(stop);
    log.info("Stopping");
    await telegram?.stop();
    await discord?.stop();
    await webConsole.stop();
  } finally {
    await app.close();
  }
  log.info("Stopped");
}

/** How long after the start the database is looked through, in milliseconds. */
const lookAfter = 20_000;

/** Damage is told early, while there are backups of before it. */
async function lookForDamage({ config, database, log }: App, stop: AbortSignal): Promise<void> {
  if (database.engine !== "sqlite") return;
  try {
    await sleep(lookAfter, stop);
    await checkIntegrity(config.data, stop);
  } catch (thrown) {
    if (stop.aborted) return;
    const { id, code, values } = asApprenticeError(thrown);
    log.error("The database is not sound; run doctor", { id, code, finding: values["finding"] });
  }
}

/** Without a token the library for Discord is not even loaded. */
async function connectDiscord(app: App): Promise<{ stop(): Promise<void> } | undefined> {
  const settings = discordSettings(app.config);
  if (!settings) return undefined;
  const { openDiscord } = await import("./compose-discord.ts");
  return openDiscord(app, settings);
}

async function connectTelegram(app: App): Promise<{ stop(): Promise<void> } | undefined> {
  if (app.config["telegram.token"] === "") return undefined;
  const { openTelegram } = await import("./compose-telegram.ts");
  return openTelegram(app);
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    // An open listening socket keeps the process alive; this promise alone would not.
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
