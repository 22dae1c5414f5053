import { randomBytes } from "./core/clock.ts";
import type { App } from "./app.ts";
import type { StatusLine } from "./commands/context.ts";
import type { Config } from "./config.ts";
import { usualPace, type Pace, type TelegramState } from "./platforms/telegram/parts.ts";
import { startTelegram, type Telegram } from "./platforms/telegram/telegram.ts";
import { standingRating } from "./standing-rating.ts";
import { off, on, problem } from "./status.ts";
import { say } from "./texts/say.ts";

/** Connects the app to Telegram. A refused token stops nothing else. */
export function openTelegram(app: App, pace: Pace = usualPace): Telegram {
  const { config, log } = app;
  const webhook = webhookOf(config);
  const telegram = startTelegram({
    token: config["telegram.token"],
    apiUrl: config["telegram.apiUrl"],
    ...(webhook && { webhook }),
    receive: app.receive,
    follow: app.follow,
    async moved(from, to) {
      if (await app.renameWorkspace(from, to)) return;
      log.error("A group's knowledge stays behind, as the supergroup has its own", { from, to });
    },
    rating: (workspace, reference, person) => standingRating(app, workspace, reference, person),
    commands: app.commands.map(({ name, needs, about }) => ({
      name,
      needs,
      about: (language) => say(language, about),
    })),
    notes: app.notesFor("telegram"),
    log,
    pace,
  });
  const leave = app.joinPlatform("telegram", telegram.reach);
  app.reportPlatform("telegram", () => telegramLine(telegram.state()));
  return {
    ...telegram,
    async stop() {
      leave();
      await telegram.stop();
    },
  };
}

function webhookOf(config: Config) {
  const url = config["telegram.webhookUrl"];
  if (url === "") return undefined;
  return {
    url,
    host: config["telegram.webhookHost"],
    port: config["telegram.webhookPort"],
    secret: config["telegram.webhookSecret"] || randomBytes(24).toString("base64url"),
  };
}

/** How the connection stands, as a line of status and doctor. */
export function telegramLine(state: TelegramState): StatusLine {
  switch (state.kind) {
    case "connecting":
      return off("telegram", "status.telegram-connecting");
    case "connected":
      return on("telegram", state.readsAll ? "status.telegram" : "status.telegram-reads-some", {
        name: state.name,
      });
    case "failed":
      return problem("telegram", `error.${state.failure.code}`, state.failure.values);
  }
}
