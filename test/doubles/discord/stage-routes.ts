import { may } from "./permissions.ts";
import { refusals } from "./refusal.ts";
import { done, route, type Call, type Result, type Route } from "./routes.ts";

/** Discord's type of a stage. */
export const stageType = 13;

/** What the bot does on stages: it steps forward, or asks to. */
export const stageRoutes: readonly Route[] = [
  route("PATCH", "/guilds/:guild/voice-states/@me", changeOwnState),
];

function changeOwnState({ world, ids, body }: Call): Result {
  const [guildId] = ids as [string];
  const channel = world.channels.get(String(body["channel_id"]));
  if (!channel || channel.guildId !== guildId || channel.type !== stageType)
    throw refusals.unknownChannel();
  const needs = (permission: "MuteMembers" | "RequestToSpeak"): void => {
    if (!may(world, world.bot, channel, permission)) throw refusals.missingPermissions();
  };
  if (body["suppress"] === false) needs("MuteMembers");
  if (typeof body["request_to_speak_timestamp"] === "string") needs("RequestToSpeak");
  world.onStage(guildId, {
    ...(typeof body["suppress"] === "boolean" && { suppress: body["suppress"] }),
    ...(typeof body["request_to_speak_timestamp"] === "string" && { asks: true }),
  });
  return done;
}
