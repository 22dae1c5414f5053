import type { Client, SendableChannels } from "discord.js";
import type { PlatformNotes } from "../../core/platform.ts";

/** The thread in which a channel's lists are shown, such as a review, and the keys of what is in it. */
export type ListThread = { readonly threadId: string; readonly keys: readonly string[] };

/** Threads that the bot opened to list things: nobody talks to it there, whatever they are called. */
export type ListThreads = {
  of(channelId: string): Promise<ListThread | undefined>;
  keep(channelId: string, thread: ListThread): Promise<void>;
  has(threadId: string): Promise<boolean>;
};

const ofChannel = "list:";
const mark = "listed:";

export const createListThreads = (notes: Pick<PlatformNotes, "put" | "get">): ListThreads => ({
  async of(channelId) {
    const body = await notes.get(ofChannel + channelId);
    return body === undefined ? undefined : (JSON.parse(body) as ListThread);
  },
  async keep(channelId, thread) {
    await notes.put(mark + thread.threadId, "");
    await notes.put(ofChannel + channelId, JSON.stringify(thread));
  },
  has: async (threadId) => (await notes.get(mark + threadId)) !== undefined,
});

/** The thread while somebody can still write in it. */
export async function openThread(
  client: Client,
  threadId: string,
): Promise<SendableChannels | undefined> {
  const channel = await client.channels.fetch(threadId).catch(() => null);
  if (!channel?.isThread() || channel.archived === true || channel.locked === true)
    return undefined;
  return channel;
}
