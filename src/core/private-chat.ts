/**
 * Whether a workspace is somebody's private chat with the bot: theirs alone, and nobody has given them a
 * role in it.
 */
export const isPrivateChat = (workspace: string): boolean =>
  /^(?:discord:dm:|telegram:)\d+$/.test(workspace);
