import type { ChatEvent, ChatInput } from "../../core/chat.ts";
import type { Person } from "../../core/person.ts";
import type { Receive } from "../../core/platform.ts";
import { messageFrom } from "./inbound.ts";
import { outboundTo } from "./outbound.ts";

/** The web platform: a message in, its events out. The console serves it over HTTP. */
export type WebChat = (input: ChatInput, signal: AbortSignal) => AsyncIterable<ChatEvent>;

export const createWebChat = (receive: Receive, workspace: string, person: Person): WebChat =>
  async function* chat(input, signal) {
    const events: ChatEvent[] = [];
    let wake = () => {};
    let finished = false;
    const push = (event: ChatEvent): void => {
      events.push(event);
      wake();
    };
    const received = receive(
      messageFrom(input, workspace, person),
      outboundTo(push),
      signal,
    ).finally(() => {
      finished = true;
      wake();
    });
    while (true) {
      yield* events.splice(0);
      if (finished && events.length === 0) break;
      if (!finished && events.length === 0) await new Promise<void>((resolve) => (wake = resolve));
    }
    await received;
  };
