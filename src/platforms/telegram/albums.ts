import type { Message as TelegramMessage } from "grammy/types";
import { sleep } from "../../core/clock.ts";

/** The messages of an album: Telegram sends one for each file. */
export type Album = readonly [TelegramMessage, ...TelegramMessage[]];

/**
 * Gathers albums: `work` is called once for each album, when it has been quiet for `pause` milliseconds,
 * and at once for any other message. Each promise resolves when the work with its message is done.
 */
export function createAlbums(
  pause: number,
  signal: AbortSignal,
): (message: TelegramMessage, work: (album: Album) => Promise<void>) => Promise<void> {
  const open = new Map<string, { album: TelegramMessage[]; done: Promise<void> }>();
  const gather = async (key: string, album: TelegramMessage[]): Promise<Album> => {
    for (let count = 0; count < album.length;) {
      count = album.length;
      await sleep(pause, signal);
    }
    open.delete(key);
    const [first, ...rest] = album.toSorted((one, two) => one.message_id - two.message_id);
    return [first!, ...rest];
  };
  return (message, work) => {
    const { media_group_id: group, chat } = message;
    if (group === undefined) return work([message]);
    const key = `${chat.id}:${group}`;
    const gathering = open.get(key);
    if (gathering) {
      gathering.album.push(message);
      return gathering.done;
    }
    const album = [message];
    const done = gather(key, album).then(work);
    open.set(key, { album, done });
    return done;
  };
}
