import { AttachmentBuilder } from "discord.js";
import { randomBytes } from "../../core/clock.ts";
import type { Reply } from "../../core/reply.ts";
import { say, type Voice } from "../../texts/say.ts";
import { rowsFor, type Row } from "./components.ts";
import type { CustomIds } from "./custom-id.ts";

/**
 * Discord's limits of a message: characters, files, and bytes of a file without boosts; and ours: so
 * many messages in a row are read, more are a file.
 */
export const limits = {
  text: 2_000,
  files: 10,
  fileBytes: 10 * 1024 * 1024,
  messages: 8,
} as const;

/** Nobody is pinged by what the bot says, whatever it quotes. */
const allowedMentions = { parse: [], repliedUser: false };

export type Payload = {
  readonly content: string;
  readonly components: Row[];
  readonly files: AttachmentBuilder[];
  readonly allowedMentions: { readonly parse: []; readonly repliedUser: boolean };
};

/** A reply as Discord takes it. Files that are too large for Discord are named in the text instead. */
export async function payloadOf(reply: Reply, voice: Voice, ids: CustomIds): Promise<Payload> {
  const files = reply.files ?? [];
  const fitting = files
    .filter(({ bytes }) => bytes.length <= limits.fileBytes)
    .slice(0, limits.files);
  const left = files.filter((file) => !fitting.includes(file)).map(({ name }) => name);
  const note = left.length > 0 ? say(voice, "discord.files-left", { names: left.join(", ") }) : "";
  return {
    content: joined(withNames(reply.text), note),
    components: await rowsFor(reply, voice, ids),
    files: fitting.map(({ name, bytes }) => new AttachmentBuilder(Buffer.from(bytes), { name })),
    allowedMentions: allowedMentions as Payload["allowedMentions"],
  };
}

/** People are known by ids; Discord shows the name of somebody whose id stands like this, to each reader. */
const withNames = (text: string): string =>
  text.replaceAll(/(?<![`\p{L}\d:])discord:(\d{17,20})(?![`\d])/gu, "<@$1>");

const joined = (text: string, note: string): string =>
  note === "" ? text : `${text.slice(0, limits.text - note.length - 2)}\n\n${note}`.trim();

/** A value by which Discord knows the same message sent twice, at most 25 characters. */
export const newNonce = (): string => randomBytes(15).toString("base64url");
