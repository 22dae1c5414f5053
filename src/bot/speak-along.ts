import type { AnswerEvent } from "../core/answer.ts";
import type { Message } from "../core/message.ts";
import type { SpokenPieces } from "../core/voice-rooms.ts";

type Respond = (message: Message, signal: AbortSignal) => AsyncIterable<AnswerEvent>;

/**
 * Answers as `respond` does, and lets the answer be spoken while it is made where its person is in
 * one of the bot's voice rooms: the same pieces that are written are said.
 */
export const speakAlong = (
  respond: Respond,
  hearer: (message: Message) => SpokenPieces | undefined,
): Respond =>
  async function* respondAloud(message, signal) {
    const hears = hearer(message);
    try {
      for await (const event of respond(message, signal)) {
        if (event.kind === "delta") hears?.piece(event.text);
        yield event;
      }
    } finally {
      hears?.end();
    }
  };
