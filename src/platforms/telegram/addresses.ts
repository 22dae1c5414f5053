/**
 * The names of Telegram's places in our words. A private chat is a workspace with one room of the same
 * name; a group is a workspace whose rooms are its topics, `main` where it has none.
 */
export const workspaceOf = (chatId: number): string => `telegram:${chatId}`;

export const roomOf = (chatId: number, topic: number | undefined): string =>
  chatId > 0 && topic === undefined
    ? workspaceOf(chatId)
    : `${workspaceOf(chatId)}/${topic ?? "main"}`;

export const personIdOf = (userId: number): string => `telegram:${userId}`;

/** Message numbers are unique only within a chat. */
export const messageIdOf = (chatId: number, messageId: number): string =>
  `telegram:${chatId}:${messageId}`;

/** The chat and the topic of a room; `undefined` when it is none of Telegram's. */
export function placeOfRoom(
  room: string,
): { readonly chatId: number; readonly topic?: number } | undefined {
  const match = /^telegram:(-?\d+)(?:\/(main|\d+))?$/.exec(room);
  if (!match) return undefined;
  const topic = Number(match[2]);
  return { chatId: Number(match[1]), ...(topic > 0 && { topic }) };
}

/** The number of a message in its chat. */
export const messageNumberOf = (messageId: string): number => Number(messageId.split(":").at(-1));
