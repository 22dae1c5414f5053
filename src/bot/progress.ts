import type { Outbound } from "../core/platform.ts";
import type { Reply } from "../core/reply.ts";
import { deliverReply } from "./deliver.ts";
import { createDraft } from "./draft.ts";

/** Shows how far a command is, in the message that its reply will stand in. */
export type Progress = {
  progress(text: string): void;
  /** Delivers the reply and gives the ids of its messages. */
  finish(reply: Reply, signal: AbortSignal): Promise<readonly string[]>;
};

/** Where a platform streams, the reply comes as one piece. */
export function createProgress(outbound: Outbound): Progress {
  // Nothing of it is an answer that could be stopped.
  const whole = ({ unfinished: _mark, ...reply }: Reply): Reply => reply;
  const draft = createDraft({
    ...outbound,
    send: (reply, signal) => outbound.send(whole(reply), signal),
    edit: (id, reply, signal) => outbound.edit(id, whole(reply), signal),
  });
  let isShown = false;
  return {
    progress(text) {
      if (outbound.stream) return;
      isShown = true;
      draft.show(text);
    },
    finish: (reply, signal) =>
      isShown ? draft.finish(reply, signal) : deliverReply(reply, outbound, signal),
  };
}
