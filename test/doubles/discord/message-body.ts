import type { MessageChange, NewMessage } from "./actions.ts";
import { largestFile } from "./guards.ts";
import { refusals } from "./refusal.ts";
import type { Call, Fields } from "./routes.ts";
import type { Component, World } from "./world.ts";

/** Discord's flags of a message that an application may set. */
const settableFlags = (1 << 2) | (1 << 6) | (1 << 12) | (1 << 13) | (1 << 15);

const voiceFlag = 1 << 13;

/** A voice message is one sound with its length and shape, and nothing else. */
function checkVoiceMessage(body: Fields, files: number): void {
  const [sound] = (body["attachments"] ?? []) as Fields[];
  const isDrawn =
    typeof sound?.["duration_secs"] === "number" &&
    /^[A-Za-z0-9+/]+=*$/.test(String(sound["waveform"])) &&
    Buffer.from(String(sound["waveform"]), "base64").length <= 256;
  if (files !== 1 || !isDrawn || body["content"] || body["embeds"])
    throw refusals.invalid(["flags: a voice message is one sound with duration_secs and waveform"]);
}

/** The message that a request wants to be sent. Throws Discord's refusals. */
export function newMessage({
  body,
  files,
  world,
}: Pick<Call, "body" | "files" | "world">): NewMessage {
  if (files.some(({ bytes }) => bytes.length > largestFile)) throw refusals.tooLarge();
  const { content, components, embeds, flags, nonce } = body;
  const message = {
    content: typeof content === "string" ? content.trim() : "",
    files,
    components: (components ?? []) as Component[],
    embeds: (embeds ?? []) as object[],
    flags: Number(flags ?? 0) & settableFlags,
    ...(nonce !== undefined && nonce !== null && { nonce: nonce as string }),
  };
  if ((message.flags & voiceFlag) !== 0) checkVoiceMessage(body, files.length);
  const { length } = message.content;
  if (length === 0 && files.length === 0 && message.embeds.length === 0) {
    // Components of the second kind carry the text themselves.
    if ((message.flags & (1 << 15)) === 0 || message.components.length === 0)
      throw refusals.empty();
  }
  return { ...message, pings: pingsOf(world, message.content, body["allowed_mentions"]) };
}

/** What a request wants to change in a message. */
export function messageChange({ body, files }: Pick<Call, "body" | "files">): MessageChange {
  if (files.some(({ bytes }) => bytes.length > largestFile)) throw refusals.tooLarge();
  const { content, components, embeds, flags } = body;
  return {
    ...(content !== undefined && { content: String(content ?? "").trim() }),
    ...(components !== undefined && { components: (components ?? []) as Component[] }),
    ...(embeds !== undefined && { embeds: (embeds ?? []) as object[] }),
    ...(typeof flags === "number" && { flags: flags & settableFlags }),
    ...(files.length > 0 && { files }),
  };
}

/**
 * Whom a text pings: those it names, as far as `allowed_mentions` lets it. Without that field
 * everybody named is pinged, as Discord does it; `everyone` stands for @everyone and @here.
 */
function pingsOf(world: World, content: string, allowed: unknown): string[] {
  const rules = (allowed ?? { parse: ["users", "roles", "everyone"] }) as Fields;
  const parse = (rules["parse"] ?? []) as string[];
  const users = (rules["users"] ?? []) as string[];
  const named = [...content.matchAll(/<@!?(\d+)>/g)].map((match) => match[1]!);
  const pinged = named.filter((id) => parse.includes("users") || users.includes(id));
  const everyone = parse.includes("everyone") && /@(everyone|here)/.test(content);
  return [...pinged.filter((id) => world.users.has(id)), ...(everyone ? ["everyone"] : [])];
}
