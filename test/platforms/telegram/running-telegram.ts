import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openApp } from "../../../src/compose.ts";
import type { App } from "../../../src/app.ts";
import { openTelegram } from "../../../src/compose-telegram.ts";
import { readConfig } from "../../../src/config.ts";
import { silentLog, type Log } from "../../../src/core/log.ts";
import type { Pace } from "../../../src/platforms/telegram/parts.ts";
import type { Telegram } from "../../../src/platforms/telegram/telegram.ts";
import { startTelegramDouble, type TelegramDouble } from "../../doubles/telegram/server.ts";

/** A bot in a simulated Telegram. */
export type RunningTelegram = {
  readonly double: TelegramDouble;
  readonly app: App;
  readonly telegram: Telegram;
  readonly folder: string;
  /** How hurried the bot is after the next start. */
  readonly pace: { -readonly [Wait in keyof Pace]: Pace[Wait] };
  /** Stops the bot and starts it again over the same data. */
  restart(): Promise<void>;
  /** Stops everything. Fails when the double had to complain of a request. */
  close(): Promise<void>;
};

/** As fast as can be, and yet one thing after another. */
export const hurried: Pace = { edit: 0, draft: 0, album: 40, retry: 10, press: 3_000 };

export type Setup = {
  readonly environment?: NodeJS.ProcessEnv;
  readonly double?: Parameters<typeof startTelegramDouble>[0];
  readonly pace?: Partial<Pace>;
  readonly log?: Log;
};

export async function runTelegram(setup: Setup = {}): Promise<RunningTelegram> {
  const folder = mkdtempSync(join(tmpdir(), "apprentice-telegram-"));
  const double = await startTelegramDouble(setup.double);
  const environment = {
    TELEGRAM_TOKEN: double.token,
    TELEGRAM_API_URL: double.url,
    APPRENTICE_LIMITS_MESSAGES_PER_MINUTE: "10000",
    APPRENTICE_RECALL_ENCODER: "none",
    ...setup.environment,
  };
  const pace = { ...hurried, ...setup.pace };
  const open = async () => {
    const app = await openApp(readConfig(folder, environment).config, setup.log ?? silentLog);
    return { app, telegram: openTelegram(app, { ...pace }) };
  };
  let running = await open();
  const stop = async (): Promise<void> => {
    await running.telegram.stop();
    await running.app.close();
  };
  return {
    double,
    folder,
    pace,
    get app() {
      return running.app;
    },
    get telegram() {
      return running.telegram;
    },
    async restart() {
      await stop();
      running = await open();
    },
    async close() {
      await stop();
      await double.close();
      rmSync(folder, { recursive: true, force: true });
      assert.deepEqual(double.complaints, []);
    },
  };
}
