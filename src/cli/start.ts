import type { Command as Program } from "commander";
import { readConfig, systemLanguage } from "../config.ts";
import { elapsed } from "../core/clock.ts";
import { createLog } from "../core/log.ts";
import { say, type Voice } from "../texts/say.ts";
import { fail } from "./output.ts";

/** A second signal this long after the first means: stop at once. */
const patienceMilliseconds = 1_000;

/** `apprentice start`: runs until a signal, then stops in order. */
export function addStart(program: Program, voice: Voice): void {
  program
    .command("start")
    .description(say(voice, "cli.start"))
    .addHelpText(
      "after",
      "\n  $ apprentice start\n  $ APPRENTICE_CONSOLE_PORT=8000 apprentice start",
    )
    .action(start);
}

async function start(): Promise<void> {
  const voice = systemLanguage();
  try {
    const { config } = readConfig();
    const form = config.mode === "prod" ? "json" : "lines";
    const log = createLog(config["log.level"], form);
    const { runUntil } = await import("../main.ts");
    const stop = stopSignal();
    const { startWatchdog, usualLimits } = await import("../watchdog/watchdog.ts");
    const watchdog = startWatchdog({
      limits: usualLimits,
      logLevel: config["log.level"],
      logForm: form,
    });
    stop.addEventListener("abort", () => watchdog.stopping());
    await runUntil(stop, config, log, (url) => {
      process.stdout.write(`\n  ${say(voice, "cli.started", { url })}\n\n`);
    });
    // All is kept. What may still run, such as the first build of the pages, is of no use any more.
    process.exit();
  } catch (thrown) {
    fail(thrown, { json: false, voice });
  }
}

/** Aborted by the first SIGINT, SIGTERM or SIGHUP; a later one ends the process where it is. */
function stopSignal(): AbortSignal {
  const stop = new AbortController();
  let stoppedAt: number | undefined;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (stoppedAt !== undefined && elapsed() - stoppedAt > patienceMilliseconds) process.exit(1);
      stoppedAt ??= elapsed();
      stop.abort();
    });
  }
  return stop.signal;
}
