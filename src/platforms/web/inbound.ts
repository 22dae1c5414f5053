import { attachmentOf } from "../../core/attachment.ts";
import type { ChatInput } from "../../core/chat.ts";
import { now } from "../../core/clock.ts";
import type { Message } from "../../core/message.ts";
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
    files: input.files.map(attachmentOf),
    ...(input.replyTo !== undefined && { replyTo: input.replyTo }),
    ...(input.language !== undefined && { language: input.language }),
    ...(input.call && { call: input.call }),
    via: input.call ? "command" : "text",
    addressed: true,
    sentAt: now(),
  };
}
