// A bot in a process of its own, to be killed: `node killed-bot.ts FOLDER API_URL TOKEN`.
import { openApp } from "../../../src/compose.ts";
import { openTelegram } from "../../../src/compose-telegram.ts";
import { readConfig } from "../../../src/config.ts";
import { silentLog } from "../../../src/core/log.ts";
import { hurried } from "./running-telegram.ts";

const [folder = "", apiUrl = "", token = ""] = process.argv.slice(2);
const { config } = readConfig(folder, {
  TELEGRAM_TOKEN: token,
  TELEGRAM_API_URL: apiUrl,
  APPRENTICE_RECALL_ENCODER: "none",
  APPRENTICE_LIMITS_MESSAGES_PER_MINUTE: "100000",
  APPRENTICE_LIMITS_PERSON_MESSAGES_PER_MINUTE: "100000",
});
openTelegram(await openApp(config, silentLog), hurried);
