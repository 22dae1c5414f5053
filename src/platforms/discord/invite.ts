import { neededBits } from "./permissions.ts";

/** The link that invites the bot to a guild with the least permissions it works with. */
export function inviteLink(applicationId: string, extra = 0n): string {
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: "bot applications.commands",
    permissions: String(neededBits | extra),
  });
  return `https://discord.com/oauth2/authorize?${String(query)}`;
}
