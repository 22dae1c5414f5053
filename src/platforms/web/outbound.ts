import type { ChatEvent } from "../../core/chat.ts";
import { newId } from "../../core/ids.ts";
import type { Outbound, PlatformLimits } from "../../core/platform.ts";
import type { Reply } from "../../core/reply.ts";

/** The page shows any length, and pieces need no pacing. */
const limits: PlatformLimits = { text: Number.MAX_SAFE_INTEGER, editInterval: 0 };

/** An outbound that hands each event to `push`, in order. */
export const outboundTo = (push: (event: ChatEvent) => void): Outbound => ({
  limits,
  async send(reply) {
    push(eventFrom(reply));
    return `web:${newId()}`;
  },
  async edit(_messageId, reply) {
    push(eventFrom(reply));
  },
  stream: {
    delta: (text) => push({ kind: "delta", text }),
    done: (answer) => push({ kind: "done", answer }),
  },
});

function eventFrom(reply: Reply): ChatEvent {
  if (reply.failure) return { kind: "error", text: reply.text, ...reply.failure };
  if (reply.transcript !== undefined) return { kind: "heard", text: reply.transcript };
  return {
    kind: "reply",
    text: reply.text,
    ...(reply.data !== undefined && { data: reply.data }),
    ...(reply.actionId !== undefined && { actionId: reply.actionId }),
    ...(reply.turnId !== undefined && { turnId: reply.turnId }),
    ...(reply.buttons && { buttons: reply.buttons }),
    ...(reply.jobId !== undefined && { jobId: reply.jobId }),
    ...(reply.files && {
      files: reply.files.map(({ name, mediaType, bytes }) => ({
        name,
        mediaType,
        base64: Buffer.from(bytes).toString("base64"),
      })),
    }),
  };
}
