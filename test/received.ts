import { newId } from "../src/core/ids.ts";
import type { Message } from "../src/core/message.ts";
import type { Reply } from "../src/core/reply.ts";
import { narrowPlatform } from "./narrow-platform.ts";
import type { RunningApp } from "./running-app.ts";

/** A message of a member in the web's room, as the door takes it; `given` says what is different. */
export const received = (text: string, given: Partial<Message> = {}): Message => ({
  id: `web:${newId()}`,
  platform: "web",
  workspace: "web:local",
  room: "web:room",
  person: { id: "web:Bob", name: "Bob", role: "member" },
  text,
  files: [],
  via: "text",
  addressed: true,
  sentAt: 0,
  ...given,
});

/** What the room shows after a message was dealt with. */
export async function shownFor(
  { app }: Pick<RunningApp, "app">,
  message: Message,
): Promise<readonly Reply[]> {
  const { outbound, shown } = narrowPlatform();
  await app.receive(message, outbound);
  return [...shown.values()];
}
