import { elapsed } from "../core/clock.ts";
import { ApprenticeError } from "../core/errors.ts";
import type { Outbound } from "../core/platform.ts";
import type { Reply } from "../core/reply.ts";
import { splitText } from "./split.ts";

/** A text that grows in a room, as messages that are sent once and then edited. */
export type Draft = {
  /**
   * Shows the text so far, as soon as the platform's pace allows: what comes faster is shown
   * together. Never waits and never fails; `finish` brings what is missing.
   */
  show(text: string): void;
  /** Brings every message to its final text, the last one with what else `reply` has. Gives their ids. */
  finish(reply: Reply, signal?: AbortSignal): Promise<readonly string[]>;
};

type Shown = { id: string; text: string };

/** An empty draft in the room that `outbound` leads to. */
export function createDraft(outbound: Outbound): Draft {
  const { text: limit, editInterval } = outbound.limits;
  const messages: Shown[] = [];
  let wanted = "";
  let writing: Promise<void> | undefined;
  let writtenAt = Number.NEGATIVE_INFINITY;

  const write = async (text: string): Promise<void> => {
    if (outbound.draft) return outbound.draft(splitText(text, limit).at(-1)!);
    for (const [place, part] of splitText(text, limit).entries()) {
      const message = messages[place];
      if (!message)
        messages.push({ id: await outbound.send({ text: part, unfinished: true }), text: part });
      else if (message.text !== part) {
        await outbound.edit(message.id, { text: part, unfinished: true });
        message.text = part;
      }
    }
  };

  return {
    show(text) {
      wanted = text;
      if (writing || text.trim() === "" || elapsed() - writtenAt < editInterval) return;
      // A piece that could not be shown is in the next one, or in the finished text.
      writing = write(wanted)
        .catch(() => {})
        .finally(() => {
          writtenAt = elapsed();
          writing = undefined;
        });
    },

    async finish(reply, signal) {
      await writing;
      const parts = splitText(reply.text, limit);
      for (const [place, text] of parts.entries()) {
        const last = place === parts.length - 1;
        const part = last ? { ...reply, text } : { text };
        const message = messages[place];
        if (!message) messages.push({ id: await outbound.send(part, signal), text });
        else if (last || message.text !== text)
          message.id = await editOrSend(outbound, message.id, part, signal);
      }
      // The finished text may be shorter than what was shown on the way to it.
      for (const { id } of messages.splice(parts.length)) await outbound.remove?.(id, signal);
      return messages.map(({ id }) => id);
    },
  };
}

/** Edits a message, or sends another when it was deleted meanwhile. */
async function editOrSend(outbound: Outbound, id: string, reply: Reply, signal?: AbortSignal) {
  try {
    await outbound.edit(id, reply, signal);
    return id;
  } catch (thrown) {
    if (!(thrown instanceof ApprenticeError) || thrown.code !== "message-vanished") throw thrown;
    return outbound.send(reply, signal);
  }
}
