import { randomBytes } from "../core/clock.ts";
import { ApprenticeError } from "../core/errors.ts";
import { silentLog } from "../core/log.ts";
import type { App } from "../app.ts";
import { openConsole } from "../compose-console.ts";

/**
 * Lets other terminals on this machine use the data folder that this one holds, so that they see and
 * cancel what goes on here. There are no pages. Gives what ends it.
 */
export async function openToTerminals(app: App): Promise<() => Promise<void>> {
  const pagesFolder = Promise.reject<string>(
    new ApprenticeError("console-pages-missing", { reason: "apprentice start" }),
  );
  const door = openConsole(app, randomBytes(24).toString("base64url"), {
    host: "127.0.0.1",
    port: 0,
    pagesFolder,
    log: silentLog,
  });
  const { url } = await door.start();
  await app.announceConsole(url, false);
  return () => door.stop();
}
