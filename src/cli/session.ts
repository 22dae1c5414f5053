import { readConfig, systemLanguage, type Config } from "../config.ts";
import { ApprenticeError } from "../core/errors.ts";
import type { Language } from "../core/language.ts";
import { createLog, type Log } from "../core/log.ts";
import { consoleAddress } from "./console-address.ts";
import type { Desk } from "./desk.ts";
import { fail, type Output } from "./output.ts";

/** The options that every sub-command has. */
export type CommonOptions = { readonly json?: true; readonly workspace?: string };

/** What an action of the command line is given. */
export type Session = {
  readonly config: Config;
  readonly sources: Readonly<Record<string, string>>;
  readonly language: Language;
  readonly output: Output;
  readonly log: Log;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  readonly workspace: string;
  /** Opens the data folder, or connects to the Apprentice that runs on it. */
  openDesk(): Promise<Desk>;
};

/** Runs one action of the command line; whatever it throws is said, and sets the exit code. */
export async function withSession(
  options: CommonOptions,
  action: (session: Session) => Promise<void>,
): Promise<void> {
  const language = systemLanguage();
  const output: Output = { json: options.json === true, voice: language };
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort(new ApprenticeError("cancelled"));
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
  try {
    const { config, sources } = readConfig();
    const workspace = checkedWorkspace(options.workspace ?? "web:local");
    const log = createLog(config["log.level"] === "info" ? "warn" : config["log.level"], "lines");
    const openDesk = () => openDeskFor(config, workspace, language, log, interruption.signal);
    await action({
      config,
      sources,
      language,
      output,
      log,
      signal: interruption.signal,
      workspace,
      openDesk,
    });
  } catch (thrown) {
    fail(thrown, output);
  } finally {
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
  }
}

/** Opens the desk, lets `work` use it, and closes it whatever happens. */
export async function withDesk(
  session: Session,
  work: (desk: Desk) => Promise<void>,
): Promise<void> {
  const desk = await session.openDesk();
  try {
    await work(desk);
  } finally {
    await desk.close();
  }
}

async function openDeskFor(
  config: Config,
  workspace: string,
  language: Language,
  log: Log,
  signal: AbortSignal,
): Promise<Desk> {
  // The parts of the bot are loaded only for what uses them: help and settings are told at once.
  const running = await consoleAddress(config.data);
  if (running) {
    const { openRemoteDesk } = await import("./remote-desk.ts");
    return openRemoteDesk(running, workspace, language, signal);
  }
  const { openLocalDesk } = await import("./local-desk.ts");
  return openLocalDesk(config, workspace, language, log, signal);
}

/** `platform:id`; anything else is a mistake worth stopping for, not a new community. */
function checkedWorkspace(workspace: string): string {
  if (/^(web|cli|discord|telegram):[\w-]{1,100}$/.test(workspace)) return workspace;
  throw new ApprenticeError("workspace-invalid", { workspace: workspace.slice(0, 100) });
}
