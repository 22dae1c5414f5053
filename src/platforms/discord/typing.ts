import type { SendableChannels } from "discord.js";

/** Discord shows "is typing" for ten seconds. */
const repeatEvery = 8_000;
const mostRepeats = 20;

/** Shows that the bot is typing until the function it gives is called, for three minutes at most. */
export function startTyping(channel: Pick<SendableChannels, "sendTyping">): () => void {
  let repeats = 0;
  // Not being allowed to show it is no reason to fail.
  const show = (): void => void channel.sendTyping().catch(() => {});
  show();
  const timer = setInterval(() => {
    repeats += 1;
    if (repeats >= mostRepeats) clearInterval(timer);
    else show();
  }, repeatEvery).unref();
  return () => clearInterval(timer);
}
