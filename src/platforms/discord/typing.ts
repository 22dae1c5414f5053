import type { SendableChannels } from "discord.js";

/** An answer that comes within this time, in milliseconds, needs no sign that it is coming. */
const firstAfter = 250;
/** Discord shows "is typing" for ten seconds. */
const repeatEvery = 8_000;
const mostRepeats = 20;

/** Shows that the bot is typing until the function it gives is called, for three minutes at most. */
export function startTyping(channel: Pick<SendableChannels, "sendTyping">): () => void {
  let shown = 0;
  let timer: NodeJS.Timeout;
  const show = (): void => {
    shown += 1;
    // Not being allowed to show it is no reason to fail.
    channel.sendTyping().catch(() => {});
    if (shown < mostRepeats) timer = setTimeout(show, repeatEvery).unref();
  };
  timer = setTimeout(show, firstAfter).unref();
  return () => clearTimeout(timer);
}
