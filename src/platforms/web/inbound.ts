import type { ChatInput } from "../../core/chat.ts";
import { now } from "../../core/clock.ts";
import { ApprenticeError } from "../../core/errors.ts";
import type { Attachment, Message } from "../../core/message.ts";
import type { Person } from "../../core/person.ts";

/** What the console page sent, as a message. Whoever holds the console's token is `person`. */
export function messageFrom(input: ChatInput, workspace: string, person: Person): Message {
  return {
    id: `web:${input.id}`,
    platform: "web",
    workspace,
    room: input.room,
    person,
    text: input.text,
    files: input.files.map(attachmentFrom),
    ...(input.replyTo !== undefined && { replyTo: input.replyTo }),
    ...(input.language !== undefined && { language: input.language }),
    via: "text",
    addressed: true,
    sentAt: now(),
  };
}

const attachmentFrom = ({ name, mediaType, bytes }: ChatInput["files"][number]): Attachment => ({
  name,
  mediaType,
  size: bytes.length,
  async read(maxBytes) {
    if (bytes.length <= maxBytes) return bytes;
    throw new ApprenticeError("attachment-too-large", {
      name,
      size: megabytes(bytes.length),
      limit: megabytes(maxBytes),
    });
  },
});

const megabytes = (bytes: number): number => Math.ceil(bytes / 1_000_000);
