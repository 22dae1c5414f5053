import type { TextKey } from "../../texts/en.ts";
import type { TextValues } from "../../texts/say.ts";
import { createClient } from "./client.ts";
import { telegramFailure } from "./failure.ts";

/** One line of what an examination found. */
export type Finding = {
  readonly state: "on" | "problem";
  readonly key: TextKey;
  readonly values: TextValues;
};

/**
 * Asks Telegram whether the token is good, what the bot may read, and how it is reached. It takes no
 * updates, so a bot that is running is not disturbed.
 */
export async function examineTelegram(settings: {
  readonly token: string;
  readonly apiUrl: string;
  /** Empty: long polling. */
  readonly webhookUrl: string;
}): Promise<readonly Finding[]> {
  const { patient } = createClient({ ...settings, firstPause: 200 });
  try {
    const me = await patient.getMe();
    const name = me.username;
    const key = me.can_read_all_group_messages ? "status.telegram" : "status.telegram-reads-some";
    const webhook = await patient.getWebhookInfo();
    const findings: Finding[] = [{ state: "on", key, values: { name } }];
    if (!me.can_join_groups)
      findings.push({ state: "problem", key: "doctor.telegram-no-groups", values: {} });
    if (settings.webhookUrl !== "") {
      const values = { url: settings.webhookUrl, count: webhook.pending_update_count };
      findings.push({ state: "on", key: "doctor.telegram-webhook", values });
    } else if (webhook.url) {
      findings.push({ state: "problem", key: "doctor.telegram-foreign-webhook", values: {} });
    }
    if (webhook.last_error_message !== undefined && settings.webhookUrl !== "") {
      const values = { reason: webhook.last_error_message };
      findings.push({ state: "problem", key: "doctor.telegram-webhook-error", values });
    }
    const link = `https://t.me/${name}`;
    return [...findings, { state: "on", key: "doctor.telegram-link", values: { link } }];
  } catch (thrown) {
    const { code, values } = telegramFailure(thrown);
    return [{ state: "problem", key: `error.${code}`, values }];
  }
}
