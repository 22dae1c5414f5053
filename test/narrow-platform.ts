import assert from "node:assert/strict";
import type { Outbound } from "../src/core/platform.ts";
import type { Reply } from "../src/core/reply.ts";

/** A platform that can only send and edit, with Discord's limit; it keeps what a room shows. */
export type NarrowPlatform = {
  readonly outbound: Outbound;
  /** What each message reads now, in the order they were sent. */
  readonly shown: Map<string, Reply>;
  /** Every state that a message went through. */
  readonly states: readonly Reply[];
};

export function narrowPlatform(editInterval = 0): NarrowPlatform {
  const shown = new Map<string, Reply>();
  const states: Reply[] = [];
  let sent = 0;
  const show = (id: string, reply: Reply): void => {
    assert.ok(reply.text.length > 0 && reply.text.length <= 2_000, String(reply.text.length));
    states.push(reply);
    shown.set(id, reply);
  };
  const outbound: Outbound = {
    limits: { text: 2_000, editInterval },
    async send(reply) {
      const id = `narrow:${(sent += 1)}`;
      show(id, reply);
      return id;
    },
    async edit(id, reply) {
      assert.ok(shown.has(id), id);
      show(id, reply);
    },
    async remove(id) {
      shown.delete(id);
    },
  };
  return { outbound, shown, states };
}
