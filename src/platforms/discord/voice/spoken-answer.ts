import { now } from "../../../core/clock.ts";
import type { Message } from "../../../core/message.ts";
import type { Person } from "../../../core/person.ts";
import type { Outbound } from "../../../core/platform.ts";
import type { SpokenMessage } from "../../../core/voice.ts";
import type { SpokenPieces, VoicePlace } from "../../../core/voice-rooms.ts";
import { messageIdOf } from "../place.ts";

/** What somebody said, as a message of the room whose conversation goes on by voice. */
export const messageOf = (
  { id, text, language }: SpokenMessage,
  person: Person,
  { workspace, textRoom }: VoicePlace,
): Message => ({
  id: spokenMessageId(id),
  platform: "discord",
  workspace,
  room: textRoom,
  person,
  text,
  files: [],
  via: "voice",
  addressed: true,
  language,
  sentAt: now(),
});

/** The message id of something said; `id` is the session's. */
export const spokenMessageId = (id: string): string => messageIdOf(`voice:${id}`);

/**
 * An outbound whose replies are spoken too: what a command says, or that something failed. An answer
 * that was already heard piece by piece is not said again.
 */
export function spokenToo(
  outbound: Outbound,
  pieces: SpokenPieces,
): { readonly outbound: Outbound; readonly answer: SpokenPieces } {
  let isStreamed = false;
  return {
    answer: {
      piece(text) {
        isStreamed = true;
        pieces.piece(text);
      },
      end: () => pieces.end(),
    },
    outbound: {
      ...outbound,
      send(reply, signal) {
        if (!isStreamed) pieces.piece(reply.text);
        return outbound.send(reply, signal);
      },
    },
  };
}
